using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads Prometheus rule files.</summary>
internal static partial class RuleFileReader
{
    public static ImmutableArray<RuleGroup> Read(Fields file, Lookups lookups)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var groups = file.Each("groups", fields => Group(fields, names, lookups), least: 1);
        file.Done();
        return groups;
    }

    private static RuleGroup Group(Fields fields, HashSet<string> names, Lookups lookups)
    {
        var name = fields.Text("name", 200);
        if (name.Length > 0 && !names.Add(name)) fields.Wrong("name", $"group '{Fields.Shown(name)}' is given twice in this file", "a name of its own");
        fields.OptionalWhole("limit", 0, int.MaxValue);
        fields.OptionalSpan("query_offset");
        return new RuleGroup(name, fields.Findings.File, fields.OptionalSpan("interval"), fields.Each("rules", rule => ReadRule(rule, lookups), least: 1));
    }

    private static Rule ReadRule(Fields fields, Lookups lookups)
    {
        var alert = fields.OptionalText("alert", 200);
        var record = fields.OptionalText("record", 200);
        if (alert is null == record is null) fields.Findings.Add(fields.Mark, fields.Path, alert is null ? "is neither alert nor record" : "is both alert and record", "either alert or record");
        var expr = fields.Text("expr", 8000);
        if (expr.Length > 0 && PromQl.Problem(expr) is { } problem) fields.Wrong("expr", problem, "a PromQL query");
        var labels = fields.TextsByName("labels");
        foreach (var label in labels.Keys.Where(label => !LabelName().IsMatch(label) || label == "__name__"))
            fields.Wrong("labels", $"'{Fields.Shown(label)}' is no label name", "letters, digits and underscores");
        if (record is not null)
        {
            if (!MetricName().IsMatch(record)) fields.Wrong("record", $"'{Fields.Shown(record)}' is no metric name", "letters, digits, underscores and colons");
            foreach (var field in (string[])["for", "keep_firing_for", "annotations"])
                if (fields.Has(field)) fields.Wrong(field, "stands in a recording rule", "only in alerts");
            return new RecordingRule(record, expr, labels);
        }

        var annotations = fields.TextsByName("annotations");
        foreach (var (name, text) in annotations)
            if (Unbalanced(text)) fields.Wrong("annotations", $"'{name}' has a template that is not closed", "{{ … }}");
        if (annotations.TryGetValue("runbook", out var runbook)) lookups.Refer("runbook", runbook, fields, "annotations");
        if (annotations.TryGetValue("card", out var card)) lookups.Refer("card", card, fields, "annotations");
        return new AlertingRule(alert ?? "", expr, fields.OptionalSpan("for") ?? TimeSpan.Zero, fields.OptionalSpan("keep_firing_for") ?? TimeSpan.Zero, labels, annotations);
    }

    private static bool Unbalanced(string text)
    {
        var depth = 0;
        for (var index = 0; index + 1 < text.Length; index++)
        {
            if (text[index] == '{' && text[index + 1] == '{') (depth, index) = (depth + 1, index + 1);
            else if (text[index] == '}' && text[index + 1] == '}') (depth, index) = (depth - 1, index + 1);
            if (depth is < 0 or > 1) return true;
        }

        return depth != 0;
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelName();

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex MetricName();
}
