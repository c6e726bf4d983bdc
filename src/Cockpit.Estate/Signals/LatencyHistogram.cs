namespace Cockpit.Estate.Signals;

/// <summary>
/// A Prometheus histogram that is filled by how many observations there were and where their 95th percentile lay. The shape is
/// log-logistic: one division a bucket, and a tail as long as latencies have.
/// </summary>
public sealed class LatencyHistogram
{
    private const double P95OverScale = 2.0878; // 19^(1/4)
    private const double MeanOverScale = 1.1107; // (π/4) / sin(π/4)

    private readonly double[] _powers;
    private readonly double[] _totals;

    public LatencyHistogram(params double[] bounds)
    {
        Bounds = bounds;
        _powers = [.. bounds.Select(bound => Math.Pow(bound, 4))];
        _totals = new double[bounds.Length + 1];
    }

    /// <summary>Upper bounds in seconds, ascending, without infinity.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Observations at or below each bound, and last all of them.</summary>
    public ReadOnlySpan<double> Totals => _totals;

    /// <summary>Seconds, of all observations.</summary>
    public double Sum { get; private set; }

    internal void Observe(double count, double p95Seconds)
    {
        if (count <= 0) return;
        var scale = p95Seconds / P95OverScale;
        var power = scale * scale * scale * scale;
        for (var i = 0; i < _powers.Length; i++) _totals[i] += count * (_powers[i] / (_powers[i] + power));
        _totals[^1] += count;
        Sum += count * scale * MeanOverScale;
    }
}
