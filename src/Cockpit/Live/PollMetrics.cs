using System.Diagnostics.Metrics;

namespace Cockpit.Live;

/// <summary>How sources answer.</summary>
internal sealed class PollMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;

    public PollMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Cockpit.Polls");
        _duration = meter.CreateHistogram<double>("cockpit.poll.duration", "s", "Time a source took to answer or to fail.");
        _failures = meter.CreateCounter<long>("cockpit.poll.failures", "{poll}", "Polls that failed.");
    }

    public void Ended(string source, TimeSpan duration, bool answered)
    {
        var tag = new KeyValuePair<string, object?>("source", source);
        _duration.Record(duration.TotalSeconds, tag);
        _failures.Add(answered ? 0 : 1, tag);
    }
}
