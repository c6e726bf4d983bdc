using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

/// <summary>What a series counted in one step of its history.</summary>
/// <param name="At">Start of the step.</param>
/// <param name="Counted">What was counted in it.</param>
public sealed record HistoryStep(DateTimeOffset At, Tally Counted);

public sealed partial class SloSeries
{
    /// <summary>What was counted step by step, oldest first, for a chart. Costs one addition a bucket: draw it, do not decide by
    /// it.</summary>
    /// <param name="from">The first step is the one that contains this instant; history that was forgotten is left out.</param>
    /// <param name="step">A whole number of minutes up to three days back, or of quarters of an hour.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is neither.</exception>
    public ImmutableArray<HistoryStep> History(DateTimeOffset from, TimeSpan step)
    {
        var isCoarse = step.Ticks % SeriesPlan.CoarseBucket.Ticks == 0;
        if (step < SeriesPlan.FineBucket || step.Ticks % Minute != 0)
            throw new ArgumentOutOfRangeException(nameof(step), step, "A step is a whole number of minutes.");
        if (!isCoarse && from.UtcTicks / Minute < _fine.Oldest)
            throw new ArgumentOutOfRangeException(
                nameof(step), step, "Minutes are kept for three days; further back a step is a whole number of quarters of an hour.");

        Settle();
        var (ring, bucketMinutes) = isCoarse ? (_coarse, SeriesPlan.MinutesPerCoarse) : (_fine, 1);
        var perStep = step.Ticks / Minute / bucketMinutes;
        var first = Math.Max(from.UtcTicks / Minute / bucketMinutes, ring.Oldest) / perStep;
        var steps = ImmutableArray.CreateBuilder<HistoryStep>();
        for (var index = first; index <= ring.Newest / perStep; index++)
        {
            var sum = Tally.None;
            for (var bucket = index * perStep; bucket < (index + 1) * perStep; bucket++) sum += ring[bucket];
            steps.Add(new HistoryStep(At(index * step.Ticks), sum));
        }

        return steps.ToImmutable();
    }
}
