using System.Collections.Immutable;
using System.Globalization;

namespace Cockpit.Catalog.Reading;

/// <summary>Reads the fields of one mapping, reports those that are missing or wrong, and at the end those that nobody asked for.</summary>
/// <remarks>A field that could not be read yields a placeholder, so that the remaining fields are still checked; the finding tells.</remarks>
internal sealed class Fields
{
    private readonly Mapping? _mapping;
    private readonly List<string> _known = [];

    private Fields(Node? node, Mark mark, string path, Findings findings)
    {
        _mapping = node as Mapping;
        Mark = node?.Mark ?? mark;
        Path = path;
        Findings = findings;
        if (node is not null and not Mapping) findings.Add(node.Mark, path, $"is {node.Kind}", "a mapping of fields");
    }

    public Mark Mark { get; }

    public string Path { get; }

    public Findings Findings { get; }

    public static Fields Of(Node node, string path, Findings findings) => new(node, node.Mark, path, findings);

    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public Mark MarkOf(string name) => _mapping?[name]?.Mark ?? Mark;

    public bool Has(string name) => Known(name) is { IsNull: false };

    /// <summary>The field's value as it was written; null when absent or nothing.</summary>
    public Node? Raw(string name) => Known(name) is { IsNull: false } node ? node : null;

    public void Wrong(string name, string message, string accepted = "") => Findings.Add(MarkOf(name), PathOf(name), message, accepted);

    public string Text(string name, int most = 4000)
    {
        if (OptionalText(name, most) is { } text) return text;
        if (_mapping is not null && !Has(name)) Missing(name, "text");
        return "";
    }

    public string? OptionalText(string name, int most = 4000)
    {
        if (Raw(name) is not { } node) return null;
        if (node is not Scalar scalar)
        {
            Wrong(name, $"is {node.Kind}", "text");
            return null;
        }

        if (scalar.Text.Length > 0 && scalar.Text.Length <= most) return scalar.Text;
        Wrong(name, scalar.Text.Length == 0 ? "is empty" : $"has {scalar.Text.Length} characters", $"1 to {most} characters");
        return null;
    }

    public double Number(string name, double least = double.MinValue, double most = double.MaxValue)
    {
        if (OptionalNumber(name, least, most) is { } number) return number;
        if (_mapping is not null && !Has(name)) Missing(name, Range(least, most));
        return double.IsFinite(least) && least > double.MinValue ? least : 0;
    }

    public double? OptionalNumber(string name, double least = double.MinValue, double most = double.MaxValue)
    {
        if (Raw(name) is not { } node) return null;
        if (node is Scalar { IsPlain: true } scalar && Numbers.TryParse(scalar.Text, out var number) && number >= least && number <= most)
            return number;
        Wrong(name, node is Scalar text ? $"'{Shown(text.Text)}' is not accepted" : $"is {node.Kind}", Range(least, most));
        return null;
    }

    public int Whole(string name, int least, int most) => OptionalWhole(name, least, most) ?? MissingWhole(name, least, most);

    public int? OptionalWhole(string name, int least, int most)
    {
        if (Raw(name) is not { } node) return null;
        if (node is Scalar { IsPlain: true } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Wrong(name, node is Scalar text ? $"'{Shown(text.Text)}' is not accepted" : $"is {node.Kind}", $"a whole number from {least} to {most}");
        return null;
    }

    public bool Truth(string name, bool otherwise)
    {
        if (Raw(name) is not { } node) return otherwise;
        switch (node)
        {
            case Scalar { IsPlain: true, Text: "true" or "True" or "TRUE" }:
                return true;
            case Scalar { IsPlain: true, Text: "false" or "False" or "FALSE" }:
                return false;
            default:
                Wrong(name, node is Scalar text ? $"'{Shown(text.Text)}' is not accepted" : $"is {node.Kind}", "true or false");
                return otherwise;
        }
    }

    /// <summary>One of an enumeration's members, written in kebab case.</summary>
    public T OneOf<T>(string name)
        where T : struct, Enum
    {
        if (OptionalOneOf<T>(name) is { } member) return member;
        if (_mapping is not null && !Has(name)) Missing(name, Words.Of<T>());
        return default;
    }

    public T? OptionalOneOf<T>(string name)
        where T : struct, Enum
    {
        if (Raw(name) is not { } node) return null;
        if (node is Scalar scalar && Words.TryParse<T>(scalar.Text, out var member)) return member;
        Wrong(name, node is Scalar text ? $"'{Shown(text.Text)}' is not accepted" : $"is {node.Kind}", Words.Of<T>());
        return null;
    }

    public TimeSpan Span(string name) => OptionalSpan(name) ?? MissingSpan(name);

    /// <summary>A length of time as <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c> or several of these one after another.</summary>
    public TimeSpan? OptionalSpan(string name)
    {
        if (Raw(name) is not { } node) return null;
        if (node is Scalar scalar && Durations.TryParse(scalar.Text, out var span)) return span;
        Wrong(name, node is Scalar text ? $"'{Shown(text.Text)}' is not a length of time" : $"is {node.Kind}", Durations.Accepted);
        return null;
    }

    public Fields? Child(string name, bool required = true)
    {
        if (Raw(name) is { } node) return new Fields(node, node.Mark, PathOf(name), Findings);
        if (required && _mapping is not null) Missing(name, "a mapping of fields");
        return null;
    }

    /// <summary>The items of a list with their paths; empty when absent and not required.</summary>
    public ImmutableArray<(Node Node, string Path)> Items(string name, bool required = true, int least = 0)
    {
        if (Raw(name) is not { } node)
        {
            if (required && _mapping is not null) Missing(name, "a list");
            return [];
        }

        if (node is not Sequence sequence)
        {
            Wrong(name, $"is {node.Kind}", "a list");
            return [];
        }

        if (sequence.Items.Length < least) Wrong(name, $"has {sequence.Items.Length} items", $"at least {least}");
        return [.. sequence.Items.Select((item, index) => (item, $"{PathOf(name)}[{index}]"))];
    }

    public ImmutableArray<string> Texts(string name, bool required = true, int least = 0)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, path) in Items(name, required, least))
        {
            if (node is Scalar { IsNull: false } scalar && scalar.Text.Length > 0) texts.Add(scalar.Text);
            else Findings.Add(node.Mark, path, node is Scalar ? "is empty" : $"is {node.Kind}", "text");
        }

        return texts.ToImmutable();
    }

    /// <summary>Each item read as a mapping of its own; an item whose fields are wrong is left out.</summary>
    public ImmutableArray<T> Each<T>(string name, Func<Fields, T> read, bool required = true, int least = 0)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        foreach (var (node, path) in Items(name, required, least))
        {
            var before = Findings.Count;
            var fields = Of(node, path, Findings);
            var item = read(fields);
            fields.Done();
            if (Findings.Count == before) all.Add(item);
        }

        return all.ToImmutable();
    }

    /// <summary>A mapping of names to texts.</summary>
    public ImmutableSortedDictionary<string, string> TextsByName(string name, bool required = false)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Raw(name) is not { } node)
        {
            if (required && _mapping is not null) Missing(name, "a mapping of names to texts");
            return texts.ToImmutable();
        }

        if (node is not Mapping mapping)
        {
            Wrong(name, $"is {node.Kind}", "a mapping of names to texts");
            return texts.ToImmutable();
        }

        foreach (var (key, value) in mapping.Entries)
        {
            if (value is Scalar { IsNull: false } scalar) texts[key.Text] = scalar.Text;
            else Findings.Add(value.Mark, $"{PathOf(name)}.{key.Text}", $"is {value.Kind}", "text");
        }

        return texts.ToImmutable();
    }

    /// <summary>Refuses every field that nobody asked for.</summary>
    public void Done()
    {
        if (_mapping is null) return;
        foreach (var (key, _) in _mapping.Entries)
        {
            if (_known.Contains(key.Text)) continue;
            var near = Spelling.Nearest(key.Text, _known);
            var hint = near is null ? "" : $", did you mean '{near}'?";
            Findings.Add(key.Mark, PathOf(key.Text), $"unknown field '{Shown(key.Text)}'{hint}", string.Join(", ", _known.Distinct()));
        }
    }

    public void Missing(string name, string accepted) => Findings.Add(Mark, PathOf(name), "is missing", accepted);

    public static string Shown(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");

    private Node? Known(string name)
    {
        _known.Add(name);
        return _mapping?[name];
    }

    private int MissingWhole(string name, int least, int most)
    {
        if (_mapping is not null && !Has(name)) Missing(name, $"a whole number from {least} to {most}");
        return least;
    }

    private TimeSpan MissingSpan(string name)
    {
        if (_mapping is not null && !Has(name)) Missing(name, Durations.Accepted);
        return TimeSpan.Zero;
    }

    private static string Range(double least, double most) => (least > double.MinValue, most < double.MaxValue) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"a number of at least {least}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"a number of at most {most}"),
        _ => "a number",
    };
}
