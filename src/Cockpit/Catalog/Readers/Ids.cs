using System.Text.RegularExpressions;
using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.Readers;

/// <summary>Ids of catalog objects: they stand in addresses, labels and commands, so they are kept plain.</summary>
internal static partial class Ids
{
    public static string Read(Fields fields, string name)
    {
        var id = fields.Text(name, 63);
        if (id.Length > 0 && !Pattern().IsMatch(id)) fields.Wrong(name, $"'{Fields.Shown(id)}' is not accepted", "lower case letters, digits, dots and dashes, starting with a letter");
        return id;
    }

    /// <summary>A Kubernetes name, or a placeholder for an input.</summary>
    public static void CheckName(Fields fields, string field, string? name)
    {
        if (name is not null && !KubernetesName().IsMatch(name)) fields.Wrong(field, $"'{Fields.Shown(name)}' is no name", "lower case letters, digits and dashes, or {input}");
    }

    [GeneratedRegex("^[a-z][a-z0-9]*([.-][a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^([a-z0-9]|\{[a-z][a-z0-9_-]*\})([a-z0-9.-]|\{[a-z][a-z0-9_-]*\})*$", RegexOptions.CultureInvariant)]
    private static partial Regex KubernetesName();
}
