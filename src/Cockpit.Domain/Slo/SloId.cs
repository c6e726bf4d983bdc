namespace Cockpit.Domain.Slo;

/// <summary>The name under which an objective is known everywhere: in the catalog, in a URL and in exported rules.</summary>
/// <remarks>Equality is ordinal: case matters. OpenSLO's <c>metadata.name</c>.</remarks>
public sealed record SloId
{
    /// <summary>Creates an id.</summary>
    /// <exception cref="ArgumentException">The value is empty or blank.</exception>
    public SloId(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>The name itself.</summary>
    public string Value { get; }

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
