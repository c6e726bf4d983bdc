namespace Cockpit.UseCases.Recording;

/// <summary>The name of one event stream: what it is about, and which one of those.</summary>
/// <remarks>Written <c>kind/id</c>. Equal when both parts are, by ordinal comparison.</remarks>
public sealed record StreamId
{
    private const int MaxKind = 40;
    private const int MaxId = 200;

    /// <param name="kind">Lower-case ASCII letters, digits and hyphens, beginning with a letter; at most 40 characters.</param>
    /// <param name="id">1 to 200 characters without control characters.</param>
    public StreamId(string kind, string id)
    {
        if (kind.Length is 0 or > MaxKind || !char.IsAsciiLetterLower(kind[0]) || !kind.All(IsKindCharacter))
            throw new ArgumentException($"A stream kind is 1 to {MaxKind} of a-z, 0-9 and '-', beginning with a letter.", nameof(kind));
        if (id.Length is 0 or > MaxId || id.Any(char.IsControl) || !StorableText.IsWellFormed(id))
            throw new ArgumentException($"A stream id is 1 to {MaxId} characters without control characters.", nameof(id));
        Kind = kind;
        Id = id;
    }

    /// <summary>What the stream is about: <c>execution</c>, <c>incident</c>.</summary>
    public string Kind { get; }

    /// <summary>Which one; unique within the kind.</summary>
    public string Id { get; }

    /// <summary>Reads <c>kind/id</c>; the id may hold further slashes.</summary>
    /// <exception cref="FormatException">There is no slash, or a part is not acceptable.</exception>
    public static StreamId Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw new FormatException("A stream is written kind/id.");
        try
        {
            return new StreamId(text[..slash], text[(slash + 1)..]);
        }
        catch (ArgumentException refused)
        {
            throw new FormatException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Id}";

    private static bool IsKindCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
