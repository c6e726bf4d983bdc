using System.Globalization;
using System.Text;
using Cockpit.Estate.Signals;

namespace Cockpit.Estate.Exporter;

/// <summary>Writes the Prometheus text format.</summary>
internal sealed class ExpositionWriter
{
    private readonly StringBuilder _text = new();

    public void Family(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    public void Sample(string name, double value, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        _text.Append(name);
        Labels(labels, null);
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A counter; the simulation counts in fractions, the world in whole things.</summary>
    public void Counter(string name, double total, params ReadOnlySpan<(string Label, string Value)> labels) =>
        Sample(name, Math.Floor(total), labels);

    public void Histogram(string name, LatencyHistogram histogram, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        for (var i = 0; i <= histogram.Bounds.Count; i++)
        {
            var bound = i == histogram.Bounds.Count ? "+Inf" : histogram.Bounds[i].ToString("R", CultureInfo.InvariantCulture);
            _text.Append(name).Append("_bucket");
            Labels(labels, bound);
            _text.Append(' ').Append(Math.Floor(histogram.Totals[i]).ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        Sample(name + "_sum", histogram.Sum, labels);
        Counter(name + "_count", histogram.Totals[^1], labels);
    }

    public override string ToString() => _text.ToString();

    private void Labels(ReadOnlySpan<(string Label, string Value)> labels, string? bound)
    {
        if (labels.IsEmpty && bound is null) return;
        var separator = '{';
        foreach (var (label, value) in labels)
        {
            _text.Append(separator).Append(label).Append("=\"").Append(Escaped(value)).Append('"');
            separator = ',';
        }

        if (bound is not null) _text.Append(separator).Append("le=\"").Append(bound).Append('"');
        _text.Append('}');
    }

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
