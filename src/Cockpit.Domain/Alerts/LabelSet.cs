using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Cockpit.Domain.Alerts;

/// <summary>Names and values that together identify an alert. Equal when they hold the same pairs, in whatever order they were
/// given.</summary>
/// <remarks>An empty value is no label, as in Prometheus.</remarks>
public sealed class LabelSet : IEquatable<LabelSet>, IEnumerable<KeyValuePair<string, string>>
{
    /// <summary>No label.</summary>
    public static readonly LabelSet Empty = new(ImmutableSortedDictionary<string, string>.Empty);

    private readonly ImmutableSortedDictionary<string, string> _pairs;

    /// <summary>Creates a set; the last of a repeated name counts.</summary>
    public LabelSet(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            if (value.Length == 0) builder.Remove(name);
            else builder[name] = value;
        }

        _pairs = builder.ToImmutable();
    }

    /// <summary>Creates a set.</summary>
    public LabelSet(params (string Name, string Value)[] pairs)
        : this(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))) { }

    /// <summary>Number of labels.</summary>
    public int Count => _pairs.Count;

    /// <summary>The value of a label; null when there is none of that name.</summary>
    public string? this[string name] => _pairs.GetValueOrDefault(name);

    /// <summary>Both sets; the other's value counts where both have a label.</summary>
    public LabelSet With(LabelSet other) => new(_pairs.Concat(other._pairs));

    /// <summary>The set without one label.</summary>
    public LabelSet Without(string name) => new(_pairs.Remove(name));

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] LabelSet? other) => other is not null && _pairs.SequenceEqual(other._pairs);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _pairs.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The pairs by name, as <c>{a="x", b="y"}</c>.</summary>
    public override string ToString() => $"{{{string.Join(", ", _pairs.Select(pair => $"{pair.Key}=\"{pair.Value}\""))}}}";
}
