using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cockpit.Catalog.Reading;

/// <summary>Composes nodes from parser events, within limits that the parser's own node model does not have.</summary>
internal sealed class YamlComposer(Findings findings, int firstLine)
{
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    public ImmutableArray<Node> Compose(string text)
    {
        var documents = ImmutableArray.CreateBuilder<Node>();
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        try
        {
            parser.Consume<StreamStart>();
            while (!parser.Accept<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                _anchors.Clear();
                var document = Value(parser, 0);
                parser.Consume<DocumentEnd>();
                if (!document.IsNull) documents.Add(document);
            }
        }
        catch (RefusedException refused)
        {
            findings.Add(refused.Mark, "", refused.Message, refused.Accepted);
        }
        catch (YamlException broken)
        {
            findings.Add(At(broken.Start), "", $"not valid YAML: {Plainly(broken)}", "YAML 1.2 or JSON");
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser lets these escape on malformed escapes, directives and tags; they say no more than "malformed".
            findings.Add(At(parser.Current?.End ?? YamlDotNet.Core.Mark.Empty), "", "not valid YAML", "YAML 1.2 or JSON");
        }

        return documents.ToImmutable();
    }

    private Node Value(Parser parser, int depth)
    {
        var mark = parser.Current is null ? Mark.Start : At(parser.Current.Start);
        if (depth > Documents.MaxDepth) throw new RefusedException(mark, "values are nested too deeply", $"at most {Documents.MaxDepth} levels");
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            mark = At(alias.Start);
            if (!_anchors.TryGetValue(alias.Value.Value, out var named))
                throw new RefusedException(mark, $"alias *{alias.Value.Value} refers to no value that is complete before it", "an anchor defined earlier in the same document");
            Count(named.Size, mark);
            return named;
        }

        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
        {
            mark = At(scalar.Start);
            Count(1, mark);
            return Anchored(scalar, scalar.Style == ScalarStyle.Plain ? Scalar.Plain(mark, scalar.Value) : new Scalar(mark, scalar.Value, false));
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            mark = At(sequence.Start);
            Count(1, mark);
            var items = ImmutableArray.CreateBuilder<Node>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(parser, depth + 1));
            return Anchored(sequence, new Sequence(mark, items.ToImmutable()));
        }

        var start = parser.Consume<MappingStart>();
        Count(1, At(start.Start));
        return Anchored(start, MappingAt(parser, At(start.Start), depth));
    }

    private Mapping MappingAt(Parser parser, Mark mark, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<Scalar, Node>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(parser, depth + 1);
            var value = Value(parser, depth + 1);
            if (key is not Scalar name) findings.Add(key.Mark, "", "a field's name is not a single value", "plain text");
            else if (name.Text.Length > Documents.LongestName) findings.Add(key.Mark, "", $"a field's name has {name.Text.Length} characters", $"at most {Documents.LongestName}");
            else if (name is { IsPlain: true, Text: "<<" }) findings.Add(key.Mark, "", "merge keys are not part of YAML 1.2", "the fields written out");
            else if (!keys.Add(name.Text)) findings.Add(key.Mark, name.Text, $"field '{name.Text}' is given twice", "each field once");
            else entries.Add(new(name, value));
        }

        return new Mapping(mark, entries.ToImmutable());
    }

    private Node Anchored(NodeEvent source, Node node)
    {
        if (!source.Anchor.IsEmpty) _anchors[source.Anchor.Value] = node;
        return node;
    }

    private void Count(int nodes, Mark mark)
    {
        _nodes += nodes;
        if (_nodes > Documents.MaxNodes)
            throw new RefusedException(mark, "the file holds too many values once aliases are written out", $"at most {Documents.MaxNodes} values");
    }

    private Mark At(YamlDotNet.Core.Mark mark) => new((int)Math.Max(1, mark.Line) + firstLine - 1, (int)Math.Max(1, mark.Column));

    private static string Plainly(YamlException broken)
    {
        var message = (broken.InnerException ?? broken).Message.ReplaceLineEndings(" ").Trim();
        return message.Length <= 200 ? message.TrimEnd('.') : string.Concat(message.AsSpan(0, 200), "…");
    }

    private sealed class RefusedException(Mark mark, string message, string accepted) : Exception(message)
    {
        public Mark Mark { get; } = mark;

        public string Accepted { get; } = accepted;
    }
}
