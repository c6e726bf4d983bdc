using System.Text.Json;
using System.Text.RegularExpressions;
using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.Export;

/// <summary>Writes YAML that any parser reads the same way.</summary>
internal static partial class YamlText
{
    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) =>
        text.All(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && letter is not ('\u2028' or '\u2029' or '\uFEFF' or '\u0085'))
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : JsonSerializer.Serialize(text);

    /// <summary>Writes one value in block style.</summary>
    public static void Write(TextWriter to, Node node, int indent = 0)
    {
        switch (node)
        {
            case Mapping mapping:
                WriteEntries(to, mapping, indent, startsOnLine: false);
                break;
            case Sequence sequence:
                WriteItems(to, sequence, indent);
                break;
            default:
                to.Write(ScalarText((Scalar)node));
                to.Write('\n');
                break;
        }
    }

    private static void WriteEntries(TextWriter to, Mapping mapping, int indent, bool startsOnLine)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (!startsOnLine) to.Write(new string(' ', indent));
            startsOnLine = false;
            to.Write(Name().IsMatch(key.Text) && !new Scalar(default, key.Text, true).MayBeTyped ? key.Text : Quoted(key.Text));
            to.Write(':');
            WriteValue(to, value, indent + 2);
        }
    }

    private static void WriteItems(TextWriter to, Sequence sequence, int indent)
    {
        foreach (var item in sequence.Items)
        {
            to.Write(new string(' ', indent));
            to.Write('-');
            if (item is Mapping { Entries.Length: > 0 } mapping)
            {
                to.Write(' ');
                WriteEntries(to, mapping, indent + 2, startsOnLine: true);
            }
            else
            {
                WriteValue(to, item, indent + 2);
            }
        }
    }

    private static void WriteValue(TextWriter to, Node value, int indent)
    {
        switch (value)
        {
            case Mapping { Entries.Length: 0 }:
                to.Write(" {}\n");
                break;
            case Sequence { Items.Length: 0 }:
                to.Write(" []\n");
                break;
            case Scalar scalar:
                to.Write(' ');
                to.Write(ScalarText(scalar));
                to.Write('\n');
                break;
            default:
                to.Write('\n');
                Write(to, value, indent);
                break;
        }
    }

    private static string ScalarText(Scalar scalar) =>
        scalar.IsPlain && PlainText().IsMatch(scalar.Text) && !scalar.Text.Contains(": ", StringComparison.Ordinal) && !scalar.Text.EndsWith(':')
            ? scalar.Text
            : Quoted(scalar.Text);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[+-]?[A-Za-z0-9.][A-Za-z0-9_./+:-]*( [A-Za-z0-9_./+:-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainText();
}
