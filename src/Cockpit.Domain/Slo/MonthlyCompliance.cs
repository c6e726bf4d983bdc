using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

/// <summary>An objective's standing in the month so far.</summary>
/// <param name="Slo">Its id.</param>
/// <param name="DisplayName">What a person reads.</param>
/// <param name="IsMet">Whether the share that was good this month reaches the target; null when it could not be evaluated.</param>
/// <param name="UnevaluatedBecause">Why it could not be; null when it could.</param>
public sealed record MonthlyStanding(SloId Slo, string DisplayName, bool? IsMet, string? UnevaluatedBecause)
{
    /// <summary>The standing that a month's tally gives; <see cref="SloSeries.MonthToDate"/>, without its excluded part where the
    /// adjusted one is meant.</summary>
    public static MonthlyStanding Of(SloDefinition slo, Objective objective, Tally monthToDate, string? unknownBecause)
    {
        var why = unknownBecause ?? (monthToDate.IsEmpty ? "nothing was counted this month" : null);
        if (why is not null) return new MonthlyStanding(slo.Id, slo.DisplayName, null, why);
        return new MonthlyStanding(slo.Id, slo.DisplayName, ErrorBudget.Meets(monthToDate, objective.Target), null);
    }
}

/// <summary>Objectives met this month, of those that could be evaluated. Those that could not count neither way and are named.</summary>
/// <param name="Month">The month so far.</param>
/// <param name="Met">Objectives met.</param>
/// <param name="Missed">Objectives missed.</param>
/// <param name="Unevaluated">Objectives that could not be evaluated, each with its reason.</param>
public sealed record MonthlyCompliance(
    Period Month, ImmutableArray<MonthlyStanding> Met, ImmutableArray<MonthlyStanding> Missed, ImmutableArray<MonthlyStanding> Unevaluated)
{
    /// <summary>Met of evaluated; null when none could be evaluated.</summary>
    public Ratio? Share => Ratio.Of(Met.Length, Met.Length + Missed.Length);

    /// <summary>Sorts standings into met, missed and unevaluated, each in the order given.</summary>
    public static MonthlyCompliance Of(Period month, ImmutableArray<MonthlyStanding> standings) => new(
        month,
        [.. standings.Where(standing => standing.IsMet == true)],
        [.. standings.Where(standing => standing.IsMet == false)],
        [.. standings.Where(standing => standing.IsMet is null)]);
}
