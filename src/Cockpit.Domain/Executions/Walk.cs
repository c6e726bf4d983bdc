using System.Collections.Immutable;
using System.Globalization;

namespace Cockpit.Domain.Executions;

/// <summary>
/// The way of a change that is made in steps: a drain takes one replica after another, a restore brings one after another back. Each step is a
/// change of its own with an absolute value, so that sending it twice is sending it once.
/// </summary>
/// <param name="Field">The field that goes from value to value.</param>
/// <param name="Values">What the field is set to by each step; at least two, the last is what the whole change sets.</param>
/// <param name="Pause">Time between a step and the next; above zero.</param>
public sealed record Walk(string Field, ImmutableArray<string> Values, TimeSpan Pause)
{
    /// <summary>The way from one count to another, one at a time; null when that is a single step or none.</summary>
    /// <param name="field">The field that holds the count.</param>
    /// <param name="from">The count now, from 0.</param>
    /// <param name="to">The count at the end, from 0.</param>
    /// <param name="pause">Time between a step and the next.</param>
    public static Walk? Between(string field, int from, int to, TimeSpan pause) => Math.Abs(to - from) < 2 ? null : new(field,
        [.. Enumerable.Range(1, Math.Abs(to - from)).Select(step => (from + (step * Math.Sign(to - from))).ToString(CultureInfo.InvariantCulture))], pause);

    /// <summary>Steps from the beginning to the end.</summary>
    public int Length => Values.Length;

    /// <summary>What one step holds fast, derived from the whole: where the step before left the field, and that nobody else changed the target.</summary>
    /// <param name="whole">What the preview of the whole change held fast.</param>
    /// <param name="made">Steps made before this one, below <see cref="Length"/>. Each has moved the target's generation by one.</param>
    public PinnedTarget StepAfter(PinnedTarget whole, int made) => whole with
    {
        Generation = whole.Generation + made,
        Fields = [new(Field, made == 0 ? whole.Fields.First(field => field.Name == Field).From : Values[made - 1], Values[made])],
    };

    /// <summary>True when what the last step set has come about: going down nothing more runs than is asked for, going up everything asked for is ready.</summary>
    public bool HasSettled(TargetState target) => target.Workload is not { } workload
        || (workload.ObservedGeneration >= workload.Generation
            && (GoesUp ? workload.ReadyReplicas >= workload.Replicas : workload.ReadyReplicas <= workload.Replicas));

    /// <summary>Equal when field, pause and every value are.</summary>
    public bool Equals(Walk? other) => other is not null && Field == other.Field && Pause == other.Pause && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Field, Pause, Values.Length);

    private bool GoesUp => int.Parse(Values[^1], CultureInfo.InvariantCulture) > int.Parse(Values[0], CultureInfo.InvariantCulture);
}
