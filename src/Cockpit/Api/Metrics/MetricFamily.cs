namespace Cockpit.Api.Metrics;

/// <summary>How measurements of an instrument add up.</summary>
internal enum MetricKind
{
    /// <summary>The last measurement counts.</summary>
    Gauge,

    /// <summary>Measurements are changes of a level.</summary>
    SummedGauge,

    /// <summary>Measurements are added up and never fall.</summary>
    Counter,

    /// <summary>The last measurement counts and is a total already.</summary>
    ObservedCounter,

    /// <summary>Measurements are counted by size.</summary>
    Histogram,
}

/// <summary>One instrument's series, one for each set of labels. Not safe for threads: its book guards it.</summary>
/// <param name="Name">The name as Prometheus wants it.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Kind">How measurements add up.</param>
/// <param name="Bounds">Upper bounds of the buckets, ascending, without infinity.</param>
internal sealed record MetricFamily(string Name, string Help, MetricKind Kind, double[] Bounds)
{
    private Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    /// <summary>The series in the order of their labels.</summary>
    public IEnumerable<MetricSeries> Series => _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    public MetricFamily Copy() => this with
    {
        _series = _series.ToDictionary(entry => entry.Key, entry => entry.Value with { Buckets = [.. entry.Value.Buckets] }, StringComparer.Ordinal),
    };

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, int seriesAtMost)
    {
        var labels = TextExposition.Labels(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= seriesAtMost) return;
            series = new MetricSeries(labels, 0, 0, Kind == MetricKind.Histogram ? new long[Bounds.Length] : []);
        }

        _series[labels] = Kind switch
        {
            MetricKind.Gauge or MetricKind.ObservedCounter => series with { Value = value },
            MetricKind.Histogram => Observe(series, value),
            _ => series with { Value = series.Value + value },
        };
    }

    private MetricSeries Observe(MetricSeries series, double value)
    {
        var bucket = Array.FindIndex(Bounds, bound => value <= bound);
        if (bucket >= 0) series.Buckets[bucket]++;
        return series with { Value = series.Value + value, Count = series.Count + 1 };
    }
}

/// <summary>The measurements that share a set of labels.</summary>
/// <param name="Labels">The labels as they are written between braces; empty when there are none.</param>
/// <param name="Value">The value; the sum for a histogram.</param>
/// <param name="Count">Measurements of a histogram.</param>
/// <param name="Buckets">Measurements of a histogram by bucket, not accumulated; those above every bound are in none.</param>
internal sealed record MetricSeries(string Labels, double Value, long Count, long[] Buckets);
