using System.Collections.Immutable;

namespace Cockpit.Domain.Executions;

/// <summary>When the ledger of outcomes looks.</summary>
public enum OutcomeMoment
{
    /// <summary>When the action was asked for.</summary>
    Before,

    /// <summary>Five minutes after it was sent.</summary>
    AfterFiveMinutes,

    /// <summary>Fifteen minutes after it was sent.</summary>
    AfterFifteenMinutes,
}

/// <summary>How fast an objective of the card's services spent its budget.</summary>
/// <param name="Objective">The objective as a person calls it.</param>
/// <param name="Rate">Burn over the long window of its page-level tier, 1 spends the budget exactly; null when it cannot be told.</param>
/// <param name="Pages">Whether that burn calls somebody.</param>
public sealed record ObservedBurn(string Objective, double? Rate, bool Pages);

/// <summary>What was seen at one moment of an execution. It says what was, not why.</summary>
/// <param name="Moment">Which moment.</param>
/// <param name="Symptoms">The card's symptoms.</param>
/// <param name="Burns">Page-level burn rates of the card's services; empty when none is measured.</param>
/// <param name="Missing">Why nothing was seen, as a sentence fragment; null when something was.</param>
public sealed record Outcome(OutcomeMoment Moment, ImmutableArray<Evidence> Symptoms, ImmutableArray<ObservedBurn> Burns, string? Missing)
{
    /// <summary>How late a look may come and still speak for its moment.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>Symptoms that were seen.</summary>
    public int Present => Symptoms.Count(symptom => symptom.Verdict == Cards.Verdict.Holds);

    /// <summary>How long after sending the look is due.</summary>
    public static TimeSpan DueAfter(OutcomeMoment moment) => moment switch
    {
        OutcomeMoment.Before => TimeSpan.Zero,
        OutcomeMoment.AfterFiveMinutes => TimeSpan.FromMinutes(5),
        OutcomeMoment.AfterFifteenMinutes => TimeSpan.FromMinutes(15),
        _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "No such moment."),
    };

    /// <summary>The look that an execution waits for now; null when none is due.</summary>
    public static OutcomeMoment? DueOf(Execution execution, DateTimeOffset now) =>
        execution is not { AcceptedAt: not null, DispatchedAt: { } sent, RevertOf: null }
            ? null
            : new[] { OutcomeMoment.AfterFiveMinutes, OutcomeMoment.AfterFifteenMinutes }
                .Where(moment => now - sent >= DueAfter(moment) && execution.Outcomes.All(outcome => outcome.Moment != moment))
                .Select(moment => (OutcomeMoment?)moment).FirstOrDefault();
}

/// <summary>How a card's runs ended so far. Counts; claims no cause.</summary>
/// <param name="Runs">Runs that the target took and that have come to their end.</param>
/// <param name="Recovered">Those after which the measured exit criteria came to hold in time.</param>
/// <param name="Median">The middle time from sending to recovery; null when none recovered.</param>
public sealed record TrackRecord(int Runs, int Recovered, TimeSpan? Median)
{
    /// <summary>Nothing has run yet.</summary>
    public static readonly TrackRecord Empty = new(0, 0, null);

    /// <summary>The record as a sentence; null while there is nothing to say.</summary>
    public string? Sentence => Runs == 0 ? null
        : Median is { } median
            ? $"Recovered after {Recovered} of {Runs} {(Runs == 1 ? "run" : "runs")}, median {Health.FigureText.Duration(median)}"
            : $"Recovered after {Recovered} of {Runs} {(Runs == 1 ? "run" : "runs")}";

    /// <summary>The record of runs that have ended: for each its time to recovery, null when it did not recover.</summary>
    public static TrackRecord Of(IReadOnlyCollection<TimeSpan?> ended)
    {
        var times = ended.OfType<TimeSpan>().Order().ToList();
        TimeSpan? median = times.Count == 0 ? null
            : times.Count % 2 == 1 ? times[times.Count / 2] : (times[times.Count / 2 - 1] + times[times.Count / 2]) / 2;
        return new TrackRecord(ended.Count, times.Count, median);
    }
}
