using System.Collections.Immutable;

namespace Cockpit.Catalog.Reading;

/// <summary>A place in a file.</summary>
internal readonly record struct Mark(int Line, int Column)
{
    public static readonly Mark Start = new(1, 1);
}

/// <summary>One value of a YAML or JSON document, with the place where it was written.</summary>
internal abstract record Node(Mark Mark)
{
    /// <summary>Number of nodes in this value with every alias written out.</summary>
    public abstract int Size { get; }

    /// <summary>Whether the two values say the same, wherever they were written.</summary>
    public abstract bool Says(Node other);

    public abstract string Kind { get; }

    public bool IsNull => this is Scalar { IsPlain: true, Text: "null" };
}

/// <param name="Mark">Where it was written.</param>
/// <param name="Text">The value; <c>null</c> when plain and one of YAML's spellings of nothing.</param>
/// <param name="IsPlain">Written without quotes, so that it may be a number, a truth value or nothing.</param>
internal sealed record Scalar(Mark Mark, string Text, bool IsPlain) : Node(Mark)
{
    private static readonly ImmutableHashSet<string> Nothings = ["", "~", "null", "Null", "NULL"];

    private static readonly ImmutableHashSet<string> Typed =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "null", "true", "false", "yes", "no", "on", "off", "y", "n");

    public static Scalar Plain(Mark mark, string text) => new(mark, Nothings.Contains(text) ? "null" : text, true);

    public override int Size => 1;

    public override string Kind => IsNull ? "nothing" : "a single value";

    public override bool Says(Node other) => other is Scalar scalar && scalar.Text == Text && (scalar.IsPlain == IsPlain || !MayBeTyped);

    /// <summary>Without quotes the text could mean something else than text: a number, a truth value, a time or nothing.</summary>
    public bool MayBeTyped =>
        Text.Length < 40 && (Text.Length == 0 || char.IsAsciiDigit(Text[0]) || Text[0] is '+' or '-' or '.' or '~' || Typed.Contains(Text));
}

internal sealed record Sequence(Mark Mark, ImmutableArray<Node> Items) : Node(Mark)
{
    private readonly int _size = 1 + Items.Sum(item => item.Size);

    public override int Size => _size;

    public override string Kind => "a list";

    public override bool Says(Node other) =>
        other is Sequence sequence && sequence.Items.Length == Items.Length && Items.Zip(sequence.Items).All(pair => pair.First.Says(pair.Second));
}

internal sealed record Mapping(Mark Mark, ImmutableArray<KeyValuePair<Scalar, Node>> Entries) : Node(Mark)
{
    private readonly int _size = 1 + Entries.Sum(entry => 1 + entry.Value.Size);

    public override int Size => _size;

    public override string Kind => "a mapping";

    public Node? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
                if (entry.Key.Text == key) return entry.Value;
            return null;
        }
    }

    public override bool Says(Node other) =>
        other is Mapping mapping && mapping.Entries.Length == Entries.Length
        && Entries.All(entry => mapping[entry.Key.Text] is { } value && entry.Value.Says(value));
}
