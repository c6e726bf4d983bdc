using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Hubs;

/// <summary>Compliance of the calendar month (UTC) so far. Section <c>month</c>.</summary>
/// <param name="Compliance">Objectives met of those that could be evaluated, 0 to 1; left out when none could.</param>
/// <param name="Met">How many are met.</param>
/// <param name="Missed">Keys of those that are not.</param>
/// <param name="Unevaluated">Keys of those that cannot be told.</param>
/// <param name="Availability">The platform's good share of the month, 0 to 1.</param>
/// <param name="AvailabilityTarget">The share promised.</param>
/// <param name="Reason">Why the availability is doubtful.</param>
public sealed record LiveMonth(
    double? Compliance, int Met, IReadOnlyList<string> Missed, IReadOnlyList<string> Unevaluated,
    double? Availability, double? AvailabilityTarget, string? Reason)
{
    public static LiveMonth Of(MonthState month) => new(
        month.Compliance.Share?.Value, month.Compliance.Met.Length,
        [.. month.Compliance.Missed.Select(standing => standing.Slo.Value)], [.. month.Compliance.Unevaluated.Select(standing => standing.Slo.Value)],
        month.PlatformAvailability?.Share?.Value, month.PlatformAvailability?.Target.Value, month.PlatformAvailability?.UnknownBecause);
}

/// <summary>One error budget. Sections <c>budget/{key}</c>: those that need a look, and the critical ones with the least left.</summary>
/// <param name="Title">What a person calls the objective.</param>
/// <param name="Service">The service, as a person calls it.</param>
/// <param name="Critical">Whether a fast burn of it makes the platform red.</param>
/// <param name="Status">good, warn, bad, unknown or notConfigured.</param>
/// <param name="Word">The status in a word or two.</param>
/// <param name="Firing">Whether a burn alert fires.</param>
/// <param name="Remaining">Share of the budget left, at most 1, negative when overspent; left out while unknown.</param>
/// <param name="Adjusted">The same without planned maintenance.</param>
/// <param name="Text">The share left, in words.</param>
/// <param name="Burn">Burn rate of the worst tier's long window, or of the most urgent tier while all are quiet.</param>
/// <param name="Target">The share promised, 0 to 1.</param>
/// <param name="Reason">Why it is unknown.</param>
public sealed record LiveBudget(
    string Title, string Service, bool Critical, string Status, string Word, bool Firing, double? Remaining, double? Adjusted, string Text,
    double? Burn, double Target, string? Reason)
{
    private const int CriticalShown = 8;

    /// <summary>Budgets worth sending to everybody: worst first.</summary>
    public static IEnumerable<ObjectiveState> Worst(ObjectivesState state)
    {
        var troubled = state.Objectives.Where(each => ObjectiveStanding.Of(each).Status is HealthStatus.Bad or HealthStatus.Warn);
        var critical = state.Objectives.Where(each => each.Facts.IsCritical || each.Key == state.Month?.PlatformAvailability?.Key);
        return troubled.Concat(critical.Take(CriticalShown)).DistinctBy(each => each.Key);
    }

    public static LiveBudget Of(ObjectiveState state)
    {
        var (status, word) = ObjectiveStanding.Of(state);
        var isTold = state.IsKnown && !state.Assessment.Raw.Counted.IsEmpty;
        return new LiveBudget(
            state.Facts.Title, state.Facts.ServiceTitle, state.Facts.IsCritical, LiveWords.Of(status), word, state.IsFiring,
            isTold ? Rounded(state.Assessment.Raw.RemainingShare) : null, isTold ? Rounded(state.Assessment.Adjusted.RemainingShare) : null,
            isTold ? FigureText.Write(Rounded(state.Assessment.Raw.RemainingShare), FigureUnit.Ratio) : FigureText.None,
            (state.Alert ?? state.Assessment.Burns.FirstOrDefault())?.Long.Value is { } burn ? Math.Round(burn, 2) : null,
            state.Facts.Objective.Target.Value, state.Assessment.UnknownBecause);
    }

    /// <summary>A budget moves a little with every round; what nobody can see is not sent again.</summary>
    private static double Rounded(double share) => Math.Round(share, 3);
}

/// <summary>What downtime costs. Section <c>revenue</c>.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AtRiskPerMinute">Revenue a minute in question now; zero while nothing is down.</param>
/// <param name="LostThisMonth">Revenue lost this month after what comes back.</param>
/// <param name="Cause">The service that costs most now.</param>
/// <param name="Assumptions">What it is computed from, as sentences.</param>
public sealed record LiveRevenue(string Currency, decimal AtRiskPerMinute, decimal LostThisMonth, string? Cause, IReadOnlyList<string> Assumptions)
{
    public static LiveRevenue Of(RevenueFigures revenue) => new(
        revenue.Currency, decimal.Round(revenue.AtRiskPerMinute, 2), decimal.Round(revenue.LostThisMonth, 2), revenue.Cause, revenue.Assumptions);
}
