using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Objectives;

/// <summary>Judges what a source answered: a figure, counters by instance, or a gap with its reason. A doubtful answer is never a good one.</summary>
internal static class SliAnswers
{
    public const string InstanceLabel = "instance";

    private const string NoSeries = "no series matches its query";

    /// <summary>One finite figure.</summary>
    public static Measurement Figure(SliAnswer answer) => answer switch
    {
        SliAnswer.Gap gap => Measurement.Missing(gap.Why),
        SliAnswer.Figures { Elements: [] } => Measurement.Missing(NoSeries),
        SliAnswer.Figures { Elements: [var only] } => Finite(only.Value) is { } why ? Measurement.Missing(why) : Measurement.Of(only.Value),
        SliAnswer.Figures several => Measurement.Missing($"its query found {several.Elements.Length} series where one is expected"),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "No such answer."),
    };

    /// <summary>Counters by instance, or why there are none.</summary>
    public static (ImmutableDictionary<string, double> ByInstance, string? Gap) Counters(SliAnswer answer)
    {
        var none = ImmutableDictionary<string, double>.Empty;
        if (answer is SliAnswer.Gap gap) return (none, gap.Why);
        var elements = ((SliAnswer.Figures)answer).Elements;
        if (elements.IsEmpty) return (none, NoSeries);

        var counters = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            if (Finite(element.Value) is { } why) return (none, why);
            if (element.Value < 0) return (none, "a counter is negative");
            if (element.Labels.Any(label => label.Key != InstanceLabel)) return (none, "its query splits by other labels than instance");
            if (!counters.TryAdd(element.Labels[InstanceLabel] ?? "", element.Value)) return (none, "the source answered with two counters for one instance");
        }

        return (counters.ToImmutable(), null);
    }

    /// <summary>
    /// The part counters that belong to the total counters. An instance without a part has counted none of that kind; a part without a
    /// total shows that the two queries select different things.
    /// </summary>
    public static (ImmutableDictionary<string, (double Part, double Total)> Pairs, string? Gap) Pair(SliAnswer part, SliAnswer total)
    {
        var none = ImmutableDictionary<string, (double, double)>.Empty;
        var (totals, totalGap) = Counters(total);
        if (totalGap is not null) return (none, totalGap);
        var (parts, partGap) = Counters(part);
        if (partGap is not null) return (none, partGap);
        if (parts.Keys.FirstOrDefault(instance => !totals.ContainsKey(instance)) is { } stranger)
            return (none, $"instance \"{stranger}\" counts a part of events but not all of them");
        return (totals.ToImmutableDictionary(each => each.Key, each => (parts.GetValueOrDefault(each.Key), each.Value), StringComparer.Ordinal), null);
    }

    /// <summary>A rule's reading. A query without its bound that finds nothing cannot be told from one that looks at the wrong thing.</summary>
    public static AlertReading Rule(SliAnswer answer, bool hasBound) => answer switch
    {
        SliAnswer.Gap gap => new AlertReading.Missing(gap.Why),
        SliAnswer.Figures { Elements: [] } when hasBound => new AlertReading.Missing(NoSeries),
        SliAnswer.Figures figures when hasBound && figures.Elements.All(each => double.IsNaN(each.Value)) =>
            new AlertReading.Missing("nothing to divide by in its window (NaN)"),
        SliAnswer.Figures figures => new AlertReading.Answered(figures.Elements),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "No such answer."),
    };

    private static string? Finite(double value) =>
        double.IsNaN(value) ? "the source answered NaN"
        : double.IsInfinity(value) ? "the source answered with infinity"
        : null;
}
