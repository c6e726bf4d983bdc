namespace Cockpit.Domain.Health;

/// <summary>How far a value can be trusted to describe the present.</summary>
public enum Freshness
{
    /// <summary>No value was ever seen, or none for so long that the last one says nothing. Never shown as good.</summary>
    Unknown,

    /// <summary>A value at most three intervals old.</summary>
    Fresh,

    /// <summary>A value older than three intervals and at most ten: shown, but not relied upon.</summary>
    Stale,

    /// <summary>No source is configured for the value.</summary>
    NotConfigured,
}

/// <summary>What the poller knows about one source: its last good observation and what has gone wrong since.</summary>
/// <param name="Name">The source's name as a person knows it.</param>
/// <param name="Interval">How often it is asked when it answers. Positive.</param>
/// <param name="Latest">The last good observation; null when there never was one.</param>
/// <param name="Failure">Why the last attempt failed; null when it succeeded or none has ended yet.</param>
/// <param name="FailingSince">When the present run of failures began; null when the last attempt succeeded.</param>
/// <param name="Configured">False when the platform has no such source.</param>
public sealed record SourceState<T>(
    string Name, TimeSpan Interval, Observation<T>? Latest, string? Failure, DateTimeOffset? FailingSince, bool Configured)
{
    /// <summary>Intervals after which a value is stale; the boundary itself is fresh.</summary>
    public const int StaleAfterIntervals = 3;

    /// <summary>Intervals after which a value is unknown; the boundary itself is stale.</summary>
    public const int UnknownAfterIntervals = 10;

    /// <summary>A configured source that has not answered yet.</summary>
    public static SourceState<T> Waiting(string name, TimeSpan interval) => new(name, interval, null, null, null, true);

    /// <summary>A source that the platform does not have.</summary>
    public static SourceState<T> NotConfigured(string name) => new(name, TimeSpan.FromSeconds(1), null, null, null, false);

    /// <summary>The state after a good answer.</summary>
    public SourceState<T> Seen(Observation<T> observation) =>
        this with { Latest = observation, Failure = null, FailingSince = null };

    /// <summary>The state after a failed attempt: the last good observation stays and ages.</summary>
    public SourceState<T> Failed(string why, DateTimeOffset now) =>
        this with { Failure = why, FailingSince = FailingSince ?? now };

    /// <summary>Freshness of the last observation at an instant. An observation from the future, after a clock jump, is fresh.</summary>
    public Freshness At(DateTimeOffset now)
    {
        if (!Configured) return Freshness.NotConfigured;
        if (Latest is null) return Freshness.Unknown;
        var age = now - Latest.ObservedAt;
        if (age <= Interval * StaleAfterIntervals) return Freshness.Fresh;
        return age <= Interval * UnknownAfterIntervals ? Freshness.Stale : Freshness.Unknown;
    }

    /// <summary>Why the value cannot be relied upon, as a sentence fragment; null while it is fresh.</summary>
    public string? Doubt(DateTimeOffset now) => At(now) switch
    {
        Freshness.Fresh => null,
        Freshness.NotConfigured => $"{Name} is not configured",
        _ when Latest is null => Failure is null ? $"waiting for the first answer of {Name}" : $"{Name}: {Failure}",
        _ => Failure is null ? $"no answer from {Name} for {FigureText.Duration(now - Latest.ObservedAt)}" : $"{Name}: {Failure}",
    };
}
