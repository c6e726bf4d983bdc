using System.Diagnostics.Metrics;

namespace Cockpit.Live;

/// <summary>Snapshots: how many, and what the assessment behind each costs.</summary>
internal sealed class LiveMetrics
{
    private readonly Counter<long> _published;
    private readonly Histogram<double> _assessment;

    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Cockpit.Live");
        _published = meter.CreateCounter<long>("cockpit.snapshots.published", "{snapshot}", "Snapshots published to screens and viewers.");
        _assessment = meter.CreateHistogram("cockpit.assessment.duration", "s", "Time an assessment took.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25],
        });
    }

    public void Published(TimeSpan assessment)
    {
        _published.Add(1);
        _assessment.Record(assessment.TotalSeconds);
    }
}
