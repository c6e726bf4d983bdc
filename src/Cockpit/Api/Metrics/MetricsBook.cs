using System.Diagnostics.Metrics;

namespace Cockpit.Api.Metrics;

/// <summary>
/// Adds up what the cockpit's own instruments measure. It listens from its construction with the host's first services, so that nothing
/// counted before the first scrape is lost, and only to this host's meters.
/// </summary>
internal sealed class MetricsBook : IHostedService, IDisposable
{
    /// <summary>Series kept of one instrument; more would be somebody's data turned into labels.</summary>
    private const int SeriesAtMost = 200;

    private static readonly double[] DefaultBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly Dictionary<Instrument, MetricFamily> _families = [];
    private readonly MeterListener _listener = new();
    private readonly IServiceProvider _services;

    public MetricsBook(IServiceProvider services)
    {
        _services = services;
        var own = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, own) || !instrument.Meter.Name.StartsWith("Cockpit.", StringComparison.Ordinal)) return;
            lock (_lock) _families[instrument] = FamilyOf(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Instruments that are read rather than written to exist as soon as they are made; nothing else asks for these.
        _services.GetRequiredService<ProcessMetrics>();
        _services.GetRequiredService<StorageMetrics>();
        _services.GetRequiredService<ExecutionMetrics>();
        _services.GetRequiredService<CircuitMetrics>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Every family as of now, by name.</summary>
    public IReadOnlyList<MetricFamily> Read()
    {
        _listener.RecordObservableInstruments();
        lock (_lock) return [.. _families.Values.Select(family => family.Copy()).OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
            if (_families.TryGetValue(instrument, out var family)) family.Record(value, tags, SeriesAtMost);
    }

    private static MetricFamily FamilyOf(Instrument instrument)
    {
        var kind = instrument switch
        {
            Histogram<double> => MetricKind.Histogram,
            Counter<int> or Counter<long> or Counter<double> => MetricKind.Counter,
            ObservableCounter<int> or ObservableCounter<long> or ObservableCounter<double> => MetricKind.ObservedCounter,
            UpDownCounter<int> or UpDownCounter<long> => MetricKind.SummedGauge,
            _ => MetricKind.Gauge,
        };
        var bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? DefaultBounds;
        return new MetricFamily(MetricName.Of(instrument.Name, instrument.Unit, kind), instrument.Description ?? "", kind, bounds);
    }
}
