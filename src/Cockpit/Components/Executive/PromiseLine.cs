using System.Collections.Immutable;
using Cockpit.Components.Slo;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Executive;

/// <summary>One promise to customers and the room left before it is broken.</summary>
/// <param name="Key">The objective it is read from.</param>
/// <param name="Title">What is promised, as a person calls it.</param>
/// <param name="Status">Colour and shape.</param>
/// <param name="Share">Share of the room left; null when unknown.</param>
/// <param name="Left">The room left, as time.</param>
/// <param name="Note">Of how much, and when it is gone at this pace; or why it is unknown.</param>
public sealed record PromiseLine(string Key, string Title, HealthStatus Status, double? Share, string Left, string Note)
{
    private const int ShownAtMost = 8;

    /// <summary>The platform's availability first, then each critical service by the promise with the least room, the least of all first.</summary>
    public static ImmutableArray<PromiseLine> Of(ObjectivesState state)
    {
        var first = state.Month?.PlatformAvailability?.Key;
        return
        [
            .. Critical(state)
                .OrderByDescending(objective => objective.Key == first)
                .ThenBy(objective => objective.IsKnown ? objective.Assessment.Raw.RemainingShare : 2)
                .DistinctBy(objective => Name(objective, state))
                .Take(ShownAtMost)
                .Select(objective => Of(objective, state)),
        ];
    }

    /// <summary>The objectives whose promises executives answer for.</summary>
    public static IEnumerable<ObjectiveState> Critical(ObjectivesState state)
    {
        var first = state.Month?.PlatformAvailability?.Key;
        return state.Objectives.Where(objective => objective.Facts.IsCritical || objective.Key == first);
    }

    /// <summary>Whom a promise is about: the service, or the platform's availability by its own name.</summary>
    public static string Name(ObjectiveState objective, ObjectivesState state) =>
        objective.Key == state.Month?.PlatformAvailability?.Key ? objective.Facts.Title : objective.Facts.ServiceTitle;

    /// <summary>What is promised of a service, after its name; nothing for availability, which goes without saying.</summary>
    private static string What(ObjectiveState objective, string name)
    {
        if (objective.Facts.Group == "Availability") return "";
        var title = objective.Facts.Title;
        return (title.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && name.StartsWith(title[..colon], StringComparison.Ordinal) ? title[(colon + 2)..] : title) + ": ";
    }

    private static PromiseLine Of(ObjectiveState objective, ObjectivesState state)
    {
        var (status, _) = ObjectiveStanding.Of(objective);
        var budget = objective.Assessment.Raw;
        var name = Name(objective, state);
        if (status is HealthStatus.Unknown or HealthStatus.NotConfigured)
            return new PromiseLine(objective.Key, name, status, null, "unknown", SloText.Doubt(objective)?.TrimEnd('.') ?? "");
        if (budget.Target.Value >= 1)
            return new PromiseLine(objective.Key, name, status, budget.ConsumedEvents > 0 ? 0 : 1, budget.ConsumedEvents > 0 ? "broken" : "kept", "nothing may fail");
        var of = $"{What(objective, name)}of {SloFigures.Time(budget.AllowedTime)} in {Window(objective.Facts.Slo.Window)}";
        var end = objective.Assessment.Exhaustion is Exhaustion.Expected expected && expected.In < TimeSpan.FromDays(60)
            ? $", gone {When(state.At, state.At + expected.In)} at this pace"
            : "";
        return budget.RemainingTime <= TimeSpan.Zero
            ? new PromiseLine(objective.Key, name, status, 0, "none", $"{of}, {SloFigures.Time(-budget.RemainingTime)} over")
            : new PromiseLine(objective.Key, name, status, budget.RemainingShare, SloFigures.Time(budget.RemainingTime), of + end);
    }

    private static string When(DateTimeOffset now, DateTimeOffset at) =>
        at - now < TimeSpan.FromHours(20) ? $"in {SloFigures.Time(at - now)}" : $"on {SloFigures.Day(at)}";

    private static string Window(SloWindow window) => window is SloWindow.Calendar ? $"the {SloFigures.Window(window)}" : SloFigures.Window(window);
}
