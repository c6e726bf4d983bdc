using Cockpit.Estate.Signals;

namespace Cockpit.Estate.Traffic;

/// <summary>One path of a service: its share of the requests, its everyday p95, and what it has answered.</summary>
public sealed class ServiceEndpoint
{
    internal ServiceEndpoint(string path, double share, double p95Seconds)
    {
        Path = path;
        Share = share;
        P95Seconds = p95Seconds;
    }

    public string Path { get; }

    internal double Share { get; }

    internal double P95Seconds { get; }

    public LatencyHistogram Duration { get; } = new(
        0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.5, 2, 3, 5, 10);

    public double Succeeded { get; private set; }

    /// <summary>Refused for the caller's own fault.</summary>
    public double Refused { get; private set; }

    /// <summary>Failed inside.</summary>
    public double Failed { get; private set; }

    /// <summary>Nobody there to answer.</summary>
    public double Unavailable { get; private set; }

    internal void Count(double requests, double failing, double unavailable, double p95)
    {
        var refused = requests * 0.006;
        var failed = requests * failing;
        var absent = requests * unavailable;
        Refused += refused;
        Failed += failed;
        Unavailable += absent;
        Succeeded += Math.Max(0, requests - refused - failed - absent);
        Duration.Observe(requests, p95);
    }
}
