using System.Collections.Immutable;

namespace Cockpit.Catalog.Reading;

/// <summary>Reads the documents of one file, YAML or JSON alike.</summary>
internal static class Documents
{
    /// <summary>Nesting beyond this is refused; real files stay under ten.</summary>
    public const int MaxDepth = 40;

    /// <summary>Nodes of one file, aliases written out, beyond this are refused: a few lines of aliases can mean billions.</summary>
    public const int MaxNodes = 50_000;

    public const int LongestName = 300;

    /// <summary>The documents that could be read; what could not be is in the findings.</summary>
    public static ImmutableArray<Node> Read(ReadOnlySpan<byte> bytes, Findings findings) =>
        Decoding.Decode(bytes, findings) is { } text ? ReadText(text, findings) : [];

    public static ImmutableArray<Node> ReadText(string text, Findings findings, int firstLine = 1)
    {
        var isJson = findings.File.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (isJson || text.AsSpan().TrimStart() is ['{', ..] or ['[', ..])
        {
            var asJson = new Findings(findings.File);
            var document = JsonComposer.Compose(text, asJson);
            if (document is not null && asJson.Count == 0) return [document];
            if (isJson)
            {
                foreach (var error in asJson.Errors)
                    findings.Add(new Mark(error.Line, error.Column), error.Field, error.Message, error.Accepted);
                return [];
            }
        }

        return new YamlComposer(findings, firstLine).Compose(text);
    }
}
