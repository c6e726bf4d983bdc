using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Alerting;

namespace Cockpit.UseCases.Objectives;

/// <summary>Everything that is known of objectives, alerts and money at one moment, computed once for all viewers.</summary>
/// <param name="At">
/// The moment by the clock of whatever is measured; ages below are counted from it. A simulated estate that is sped up runs ahead of the
/// wall clock. The earliest instant there is before the first round.
/// </param>
/// <param name="SampledAt">When the last round ended, by the wall clock; null before the first.</param>
/// <param name="Interval">Wall time between two rounds.</param>
/// <param name="IsSimulated">True when the figures come from the simulated estate.</param>
/// <param name="Objectives">Each objective, the one with the least budget left first, those that are unknown last.</param>
/// <param name="Alerts">
/// Alerts of rules and of burning budgets that are pending, firing or resolved a short while ago; firing first, then the most severe, then
/// the oldest.
/// </param>
/// <param name="UnknownRules">Rules whose condition cannot be told, by name with the reason; their alerts stand as they stood.</param>
/// <param name="Concerns">What speaks against green, in plain words.</param>
/// <param name="Month">Compliance of the calendar month (UTC) so far; null before the first round.</param>
/// <param name="Executive">What executives look at.</param>
/// <param name="History">How far the past is known.</param>
public sealed record ObjectivesState(
    DateTimeOffset At,
    DateTimeOffset? SampledAt,
    TimeSpan Interval,
    bool IsSimulated,
    ImmutableArray<ObjectiveState> Objectives,
    ImmutableArray<OpenAlert> Alerts,
    ImmutableArray<UnknownRule> UnknownRules,
    ImmutableArray<Concern> Concerns,
    MonthState? Month,
    ExecutiveFigures Executive,
    HistoryState History)
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly ObjectivesState Nothing = new(
        DateTimeOffset.MinValue, null, TimeSpan.FromSeconds(15), false, [], [], [], [], null, ExecutiveFigures.Unknown, HistoryState.None);

    /// <summary>The objective of that key, or null.</summary>
    public ObjectiveState? Find(string key) => Objectives.FirstOrDefault(objective => objective.Key == key);
}

/// <summary>How far the past is known.</summary>
/// <param name="SimulatedUntil">Everything before this instant was generated, not measured; null when nothing was.</param>
/// <param name="Backfilling">True while the past is being fetched from the source; figures grow as it arrives.</param>
/// <param name="Filled">Objectives whose past has been fetched.</param>
/// <param name="ToFill">Objectives whose past was or will be fetched in this run; zero when all of it was in storage.</param>
/// <param name="Failure">Why some of the past could not be fetched or stored, as a sentence fragment; null when nothing went wrong.</param>
public sealed record HistoryState(DateTimeOffset? SimulatedUntil, bool Backfilling, int Filled, int ToFill, string? Failure)
{
    /// <summary>No past at all.</summary>
    public static readonly HistoryState None = new(null, false, 0, 0, null);
}

/// <summary>A rule whose condition cannot be told.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Why">Why, as a sentence fragment.</param>
public sealed record UnknownRule(string Rule, string Why);
