using System.Text.RegularExpressions;
using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>One OpenSLO object as it was written: its kind, its name, and its fields.</summary>
internal sealed partial record OpenSloObject(string Kind, string Name, OpenSloMetadata Metadata, Node Document, Findings Findings)
{
    private const string NameAccepted = "letters, digits and . _ - | / \\ in between, at most 255";

    /// <summary>The objects of one document, which is one object or a list of them.</summary>
    public static IEnumerable<OpenSloObject> From(Node document, Findings findings)
    {
        if (document is Sequence list)
        {
            foreach (var item in list.Items)
                if (FromItem(item, findings) is { } one) yield return one;
        }
        else if (FromItem(document, findings) is { } single)
        {
            yield return single;
        }
    }

    private static OpenSloObject? FromItem(Node node, Findings findings)
    {
        if (node is not Mapping mapping)
        {
            findings.Add(node.Mark, "", $"the document is {node.Kind}", "an OpenSLO object or a list of them");
            return null;
        }

        var before = findings.Count;
        var fields = Fields.Of(mapping, "", findings);
        var version = fields.Text("apiVersion");
        if (version.Length > 0 && version != "openslo/v1") fields.Wrong("apiVersion", $"'{Fields.Shown(version)}' is not accepted", "openslo/v1");
        var kind = fields.Text("kind");
        if (kind.Length > 0 && !OpenSloKind.All.Contains(kind))
        {
            var near = Spelling.Nearest(kind, OpenSloKind.All);
            fields.Wrong("kind", $"'{Fields.Shown(kind)}' is no kind{(near is null ? "" : $", did you mean '{near}'?")}", string.Join(", ", OpenSloKind.All));
        }

        var metadata = ReadMetadata(fields, required: true) ?? OpenSloMetadata.None;
        var name = metadata.Name;
        fields.Raw("spec");
        if (!fields.Has("spec") && kind != OpenSloKind.Service) fields.Missing("spec", "a mapping of fields");
        fields.Done();
        return findings.Count == before || (OpenSloKind.All.Contains(kind) && name.Length > 0 && version == "openslo/v1")
            ? new OpenSloObject(kind, name, metadata, mapping, findings)
            : null;
    }

    /// <summary>Reads <c>metadata</c>; null when there is none.</summary>
    public static OpenSloMetadata? ReadMetadata(Fields owner, bool required)
    {
        if (owner.Child("metadata", required) is not { } fields) return null;
        var name = required ? fields.Text("name", 255) : fields.OptionalText("name", 255) ?? "";
        if (name.Length > 0 && !NamePattern().IsMatch(name))
        {
            fields.Wrong("name", $"'{Fields.Shown(name)}' is not accepted", NameAccepted);
            return null;
        }

        var displayName = fields.OptionalText("displayName");
        Labels(fields);
        var annotations = fields.TextsByName("annotations");
        fields.Done();
        return new OpenSloMetadata(name, displayName, fields.Raw("labels") as Mapping, annotations);
    }

    private static void Labels(Fields fields)
    {
        if (fields.Raw("labels") is not { } node) return;
        if (node is not Mapping labels)
        {
            fields.Wrong("labels", $"is {node.Kind}", "a mapping of names to a text or a list of texts");
            return;
        }

        foreach (var (key, value) in labels.Entries)
        {
            var path = $"{fields.PathOf("labels")}.{key.Text}";
            if (!LabelPattern().IsMatch(key.Text))
                fields.Findings.Add(key.Mark, path, "is no label name", "at most 63 letters, digits and - _ . in between");
            if (value is Mapping || (value is Sequence list && list.Items.Any(item => item is not Scalar { IsNull: false })) || value.IsNull)
                fields.Findings.Add(value.Mark, path, $"is {value.Kind}", "a text or a list of texts");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._|/\\-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelPattern();
}

/// <summary>What an OpenSLO object says about itself.</summary>
internal sealed record OpenSloMetadata(
    string Name, string? DisplayName, Mapping? Labels, System.Collections.Immutable.ImmutableSortedDictionary<string, string> Annotations)
{
    public static readonly OpenSloMetadata None = new("", null, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>The label's text, or the first of its list; null when absent.</summary>
    public string? Label(string name) => Labels?[name] switch
    {
        Scalar scalar => scalar.Text,
        Sequence { Items: [Scalar first, ..] } => first.Text,
        _ => null,
    };

    public string? Annotation(string name) => Annotations.GetValueOrDefault(name);
}
