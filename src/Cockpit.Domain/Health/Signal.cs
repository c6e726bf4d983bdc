using System.Collections.Immutable;

namespace Cockpit.Domain.Health;

/// <summary>A figure as conditions and tiles see it: value or gap, age, freshness and source in one.</summary>
/// <param name="Id">The signal's id, for example <c>websocket.capacity.use</c>.</param>
/// <param name="Value">The figure; null when there is a gap. May be old: look at <paramref name="Freshness"/>.</param>
/// <param name="Gap">Why there is no figure or why it is doubtful; null for a fresh figure.</param>
/// <param name="ObservedAt">When the oldest part of the figure was true; null when never.</param>
/// <param name="Freshness">How far to trust it.</param>
/// <param name="Source">Who said so.</param>
public sealed record Signal(string Id, double? Value, string? Gap, DateTimeOffset? ObservedAt, Freshness Freshness, string Source)
{
    /// <summary>The value if it is fresh, else null.</summary>
    public double? Fresh => Freshness == Freshness.Fresh ? Value : null;

    /// <summary>A signal nobody delivers.</summary>
    public static Signal Absent(string id) => new(id, null, "no source delivers this figure", null, Freshness.Unknown, "none");
}

/// <summary>All signals of one instant, measured and derived.</summary>
public sealed class SignalBoard
{
    private readonly ImmutableDictionary<string, Signal> _signals;
    private readonly Signal? _missing;

    /// <summary>Creates a board; of two signals with one id the later wins.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="missing">What stands, under its own id, for every signal that is not among them; null for an absent one.</param>
    public SignalBoard(IEnumerable<Signal> signals, Signal? missing = null)
    {
        _missing = missing;
        var builder = ImmutableDictionary.CreateBuilder<string, Signal>(StringComparer.Ordinal);
        foreach (var signal in signals) builder[signal.Id] = signal;
        _signals = builder.ToImmutable();
    }

    /// <summary>The signal of that id; when there is none, the one that says why.</summary>
    public Signal this[string id] =>
        _signals.TryGetValue(id, out var signal) ? signal : _missing is null ? Signal.Absent(id) : _missing with { Id = id };

    /// <summary>The label values for which a split signal has entries, in ordinal order.</summary>
    public IEnumerable<string> LabelsOf(string id) =>
        _signals.Keys.Where(key => key.StartsWith(id + "{", StringComparison.Ordinal) && key.EndsWith('}'))
            .Select(key => key[(id.Length + 1)..^1]).Order(StringComparer.Ordinal);
}
