namespace Cockpit.Domain.Slo;

/// <summary>What is measured to judge an objective. Closed: <see cref="EventRatio"/>, <see cref="RawRatio"/>,
/// <see cref="Threshold"/>.</summary>
public abstract record Indicator
{
    private Indicator() { }

    /// <summary>Good events of all events.</summary>
    /// <remarks>Exactly one of the good and the bad query is given. A latency objective is one of these: events under the threshold, of
    /// all.</remarks>
    public sealed record EventRatio : Indicator
    {
        /// <summary>Creates a ratio of events.</summary>
        /// <param name="goodQuery">Counts good events; null when bad ones are counted.</param>
        /// <param name="badQuery">Counts bad events; null when good ones are counted.</param>
        /// <param name="totalQuery">Counts all events.</param>
        /// <param name="counter">True when the queries yield ever-growing counters, false when each sample counts the events since the
        /// one before.</param>
        /// <param name="p95Query">For a latency objective, the query of the observed 95th percentile shown beside it; it decides
        /// nothing.</param>
        /// <exception cref="ArgumentException">Both, or neither, of the good and the bad query are given, or the total query is
        /// blank.</exception>
        public EventRatio(string? goodQuery, string? badQuery, string totalQuery, bool counter, string? p95Query = null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(totalQuery);
            if (string.IsNullOrWhiteSpace(goodQuery) == string.IsNullOrWhiteSpace(badQuery))
                throw new ArgumentException("Exactly one of the good and the bad query is given.", nameof(goodQuery));
            (GoodQuery, BadQuery, TotalQuery, Counter, P95Query) = (goodQuery, badQuery, totalQuery, counter, p95Query);
        }

        /// <summary>Counts good events; null when <see cref="BadQuery"/> is given.</summary>
        public string? GoodQuery { get; }

        /// <summary>Counts bad events; null when <see cref="GoodQuery"/> is given.</summary>
        public string? BadQuery { get; }

        /// <summary>Counts all events.</summary>
        public string TotalQuery { get; }

        /// <summary>True when the queries yield ever-growing counters, false when they yield the events since the sample before.</summary>
        public bool Counter { get; }

        /// <summary>The observed 95th percentile shown beside a latency objective; null elsewhere.</summary>
        public string? P95Query { get; }
    }

    /// <summary>A query that is itself a share of events in [0, 1].</summary>
    /// <param name="Query">Yields the share.</param>
    /// <param name="Type">Whether the share is of good or of bad events.</param>
    /// <param name="Counter">OpenSLO's flag, carried for export; a share never grows like a counter.</param>
    public sealed record RawRatio(string Query, RawRatioType Type, bool Counter) : Indicator;

    /// <summary>A figure held against a bound: a gauge, a throughput, a freshness.</summary>
    /// <param name="Query">Yields the figure.</param>
    /// <param name="Op">How the figure must stand to the bound; null when each objective names its own.</param>
    /// <param name="Value">The bound in <paramref name="Unit"/>; null when each objective names its own.</param>
    /// <param name="Unit">The unit as a person reads it, for example "s" or "%"; null when the figure has none.</param>
    public sealed record Threshold(string Query, Comparison? Op, double? Value, string? Unit) : Indicator;
}

/// <summary>What a raw ratio is a share of.</summary>
public enum RawRatioType
{
    /// <summary>The share of good events.</summary>
    Success,

    /// <summary>The share of bad events.</summary>
    Failure,
}
