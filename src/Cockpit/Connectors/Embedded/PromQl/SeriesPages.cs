using System.Globalization;
using Cockpit.Domain.Alerts;

namespace Cockpit.Connectors.Embedded.PromQl;

/// <summary>The newest pages of an exporter, as far back as the longest window that queries ask for.</summary>
internal sealed class SeriesPages
{
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(6);
    private const int KeptAtMost = 64;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private readonly List<LabelSet> _labels = [];
    private readonly List<(DateTimeOffset At, double[] Values)> _pages = [];
    private readonly Dictionary<Expression.Selector, (int Known, int[] Ids)> _matched = [];

    public DateTimeOffset Newest => _pages[^1].At;

    /// <summary>Takes a page in the Prometheus text format in.</summary>
    public void Add(DateTimeOffset at, string text)
    {
        var values = new double[_labels.Count + 16];
        Array.Fill(values, double.NaN);
        var lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty || line[0] == '#') continue;
            var space = line.LastIndexOf(' ');
            if (!lookup.TryGetValue(line[..space], out var id)) id = Register(line[..space].ToString());
            if (id >= values.Length)
            {
                var old = values.Length;
                Array.Resize(ref values, id * 2);
                Array.Fill(values, double.NaN, old, values.Length - old);
            }

            values[id] = line[(space + 1)..] is "+Inf" ? double.PositiveInfinity : double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture);
        }

        _pages.Add((at, values));
        while (_pages.Count > 2 && (_pages[1].At < at - Reach || _pages.Count > KeptAtMost)) _pages.RemoveAt(0);
    }

    public IEnumerable<LabelledValue> Now(Expression.Selector selector)
    {
        foreach (var id in Matched(selector))
            if (At(_pages[^1].Values, id) is var value && !double.IsNaN(value)) yield return new LabelledValue(_labels[id], value);
    }

    /// <summary>Growth a second over the window, or over as much of it as is known; nothing with a single page.</summary>
    public IEnumerable<LabelledValue> Rate(Expression.Selector selector)
    {
        var first = _pages.FindIndex(page => page.At >= Newest - selector.Window!.Value);
        var seconds = (Newest - _pages[first].At).TotalSeconds;
        if (seconds <= 0) yield break;
        foreach (var id in Matched(selector))
        {
            var (before, now) = (At(_pages[first].Values, id), At(_pages[^1].Values, id));
            if (!double.IsNaN(before) && !double.IsNaN(now)) yield return new LabelledValue(_labels[id], Math.Max(0, now - before) / seconds);
        }
    }

    private static double At(double[] values, int id) => id < values.Length ? values[id] : double.NaN;

    private int[] Matched(Expression.Selector selector)
    {
        if (_matched.TryGetValue(selector, out var known) && known.Known == _labels.Count) return known.Ids;
        int[] ids = _byName.TryGetValue(selector.Name, out var named)
            ? [.. named.Where(id => selector.Matchers.All(matcher => matcher.Holds(_labels[id][matcher.Label])))]
            : [];
        _matched[selector] = (_labels.Count, ids);
        return ids;
    }

    private int Register(string series)
    {
        var id = _labels.Count;
        _ids[series] = id;
        var brace = series.IndexOf('{', StringComparison.Ordinal);
        var name = brace < 0 ? series : series[..brace];
        _labels.Add(brace < 0 ? LabelSet.Empty : Labels(series.AsSpan(brace + 1, series.Length - brace - 2)));
        if (!_byName.TryGetValue(name, out var named)) _byName[name] = named = [];
        named.Add(id);
        return id;
    }

    private static LabelSet Labels(ReadOnlySpan<char> text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        while (!text.IsEmpty)
        {
            var equals = text.IndexOf('=');
            var rest = text[(equals + 2)..];
            var end = 0;
            while (rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
            var value = rest[..end].ToString().Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);
            pairs.Add(KeyValuePair.Create(text[..equals].Trim(", ").ToString(), value));
            text = rest[(end + 1)..];
        }

        return new LabelSet(pairs);
    }
}
