using System.Globalization;
using System.Text;

namespace Cockpit.Api.Metrics;

/// <summary>Writes families in the Prometheus text format, version 0.0.4.</summary>
internal static class TextExposition
{
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help, quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
            foreach (var series in family.Series)
            {
                if (family.Kind == MetricKind.Histogram) WriteHistogram(text, family, series);
                else Sample(text, family.Name, series.Labels, series.Value);
            }
        }

        return text.ToString();
    }

    /// <summary>Labels as they stand between braces, in the order of their names, escaped; empty when there are none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var sorted = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal);
        return string.Join(',', sorted.Select(tag =>
            $"{tag.Key.Replace('.', '_')}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\""));
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        var comma = series.Labels.Length == 0 ? "" : ",";
        var below = 0L;
        for (var i = 0; i < family.Bounds.Length; i++)
        {
            below += series.Buckets[i];
            Sample(text, $"{family.Name}_bucket", $"{series.Labels}{comma}le=\"{Number(family.Bounds[i])}\"", below);
        }

        Sample(text, $"{family.Name}_bucket", $"{series.Labels}{comma}le=\"+Inf\"", series.Count);
        Sample(text, $"{family.Name}_sum", series.Labels, series.Value);
        Sample(text, $"{family.Name}_count", series.Labels, series.Count);
    }

    private static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Histogram => "histogram",
        MetricKind.Counter or MetricKind.ObservedCounter => "counter",
        _ => "gauge",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
