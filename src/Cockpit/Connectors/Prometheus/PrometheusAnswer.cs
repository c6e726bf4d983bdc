using System.Collections.Immutable;

namespace Cockpit.Connectors.Prometheus;

/// <summary>The newest sample of one series.</summary>
/// <param name="Labels">The series' labels; empty for a scalar.</param>
/// <param name="At">The server's evaluation time.</param>
/// <param name="Value">May be NaN or infinite; null when the sample is a native histogram.</param>
public sealed record PrometheusSample(ImmutableSortedDictionary<string, string> Labels, DateTimeOffset At, double? Value);

/// <summary>One point of a range; counters come as they were scraped and may reset, a missing step is simply not there.</summary>
public readonly record struct PrometheusPoint(DateTimeOffset At, double Value);

/// <summary>One series over a range, its points in order of time.</summary>
public sealed record PrometheusSeries(ImmutableSortedDictionary<string, string> Labels, ImmutableArray<PrometheusPoint> Points);

/// <summary>What the server made of a query. No data is an answer without series.</summary>
public abstract record PrometheusAnswer<T>
{
    private PrometheusAnswer() { }

    /// <summary>It evaluated the query.</summary>
    public sealed record Answered(ImmutableArray<T> Series, ImmutableArray<string> Warnings) : PrometheusAnswer<T>;

    /// <summary>It understood and refused or gave up: the query is wrong or too heavy, the server itself answers.</summary>
    public sealed record Refused(string Reason) : PrometheusAnswer<T>;

    /// <summary>There is no usable answer.</summary>
    public sealed record Unavailable(string Reason) : PrometheusAnswer<T>;
}
