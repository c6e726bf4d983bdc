using System.Collections.Immutable;

namespace Cockpit.Domain.Alerts;

/// <summary>A figure and the labels it came with.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The figure; may be NaN or infinite, as sources answer.</param>
public sealed record LabelledValue(LabelSet Labels, double Value);

/// <summary>What a rule's query answered. Closed.</summary>
public abstract record AlertReading
{
    private AlertReading() { }

    /// <summary>An answer. An empty one is an answer too: nothing is wrong.</summary>
    /// <param name="Figures">One an element.</param>
    public sealed record Answered(ImmutableArray<LabelledValue> Figures) : AlertReading;

    /// <summary>No answer: what was known stays as it was, and is marked as held.</summary>
    /// <param name="Why">Why, as a sentence fragment.</param>
    public sealed record Missing(string Why) : AlertReading;
}
