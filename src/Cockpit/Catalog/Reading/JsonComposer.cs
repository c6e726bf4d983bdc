using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Cockpit.Catalog.Reading;

/// <summary>Composes nodes from JSON, with the place of each.</summary>
internal static class JsonComposer
{
    public static Node? Compose(string text, Findings findings)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Documents.MaxDepth, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            if (!reader.Read()) return null;
            var lines = new LineStarts(bytes);
            var nodes = 0;
            var document = Value(ref reader, lines, findings, ref nodes);
            if (reader.Read()) findings.Add(lines.At(reader.TokenStartIndex), "", "text after the end of the document", "one JSON document");
            if (nodes <= Documents.MaxNodes) return document;
            findings.Add(document.Mark, "", "the file holds too many values", $"at most {Documents.MaxNodes} values");
            return null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: the reader throws it on a string with half of a surrogate pair.
            var place = broken as JsonException;
            findings.Add(new Mark((int)(place?.LineNumber ?? 0) + 1, (int)(place?.BytePositionInLine ?? 0) + 1), "", "not valid JSON", "JSON");
            return null;
        }
    }

    private static Node Value(ref Utf8JsonReader reader, LineStarts lines, Findings findings, ref int nodes)
    {
        nodes++;
        var mark = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = ImmutableArray.CreateBuilder<KeyValuePair<Scalar, Node>>();
                var keys = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = new Scalar(lines.At(reader.TokenStartIndex), reader.GetString()!, true);
                    reader.Read();
                    var value = Value(ref reader, lines, findings, ref nodes);
                    if (key.Text.Length > Documents.LongestName) findings.Add(key.Mark, "", $"a field's name has {key.Text.Length} characters", $"at most {Documents.LongestName}");
                    else if (keys.Add(key.Text)) entries.Add(new(key, value));
                    else findings.Add(key.Mark, key.Text, $"field '{key.Text}' is given twice", "each field once");
                }

                return new Mapping(mark, entries.ToImmutable());
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, lines, findings, ref nodes));
                return new Sequence(mark, items.ToImmutable());
            case JsonTokenType.String:
                return new Scalar(mark, reader.GetString()!, false);
            default:
                return Scalar.Plain(mark, Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private sealed class LineStarts
    {
        private readonly List<long> _starts = [0];

        public LineStarts(ReadOnlySpan<byte> bytes)
        {
            for (var index = 0; index < bytes.Length; index++)
                if (bytes[index] == '\n') _starts.Add(index + 1);
        }

        public Mark At(long index)
        {
            var found = _starts.BinarySearch(index);
            var line = found >= 0 ? found : ~found - 1;
            return new Mark(line + 1, (int)(index - _starts[line]) + 1);
        }
    }
}
