using System.Collections.Immutable;
using Cockpit.Domain.Alerts;

namespace Cockpit.UseCases.Objectives;

/// <summary>Where the figures of objectives and rules come from, asked in PromQL.</summary>
/// <remarks>It passes on what the source says, NaN and doubles included; <see cref="SliAnswers"/> judges it.</remarks>
public interface ISliSource
{
    /// <summary>The source's name as a person knows it.</summary>
    string Name { get; }

    /// <summary>True when its figures are simulated.</summary>
    bool IsSimulated { get; }

    /// <summary>The source's own clock.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Seconds of the source's clock in a second of the wall's; at least 1.</summary>
    double Speed { get; }

    /// <summary>Evaluates each query once, a few at a time. A query that cannot be answered is a gap; this never throws for it.</summary>
    Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken);

    /// <summary>Evaluates a query at each multiple of a step in [from, to).</summary>
    Task<SliRange> RangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken);
}

/// <summary>What a round of queries answered.</summary>
/// <param name="At">The instant they were evaluated at, by the source's clock.</param>
/// <param name="Answers">By query; one that is missing was not asked.</param>
public sealed record SliRound(DateTimeOffset At, IReadOnlyDictionary<string, SliAnswer> Answers)
{
    /// <summary>The answer to a query.</summary>
    public SliAnswer this[string query] => Answers.TryGetValue(query, out var answer) ? answer : new SliAnswer.Gap("it was not asked");
}

/// <summary>What one query answered. Closed.</summary>
public abstract record SliAnswer
{
    private SliAnswer() { }

    /// <summary>An answer, one figure an element; none is an answer too.</summary>
    public sealed record Figures(ImmutableArray<LabelledValue> Elements) : SliAnswer;

    /// <summary>No answer.</summary>
    /// <param name="Why">Why, as a sentence fragment.</param>
    public sealed record Gap(string Why) : SliAnswer;
}

/// <summary>What a query answered over a range. Closed.</summary>
public abstract record SliRange
{
    private SliRange() { }

    /// <summary>An answer, one track an element.</summary>
    public sealed record Tracks(ImmutableArray<SliTrack> Elements) : SliRange;

    /// <summary>No answer.</summary>
    /// <param name="Why">Why, as a sentence fragment.</param>
    public sealed record Gap(string Why) : SliRange;
}

/// <summary>One element of a range's answer, its points in order of time.</summary>
public sealed record SliTrack(LabelSet Labels, ImmutableArray<SliPoint> Points);

/// <summary>One point of a track; may be NaN or infinite, as sources answer.</summary>
public readonly record struct SliPoint(DateTimeOffset At, double Value);

/// <summary>Makes up a past for a source that has none: the simulated estate's. The same arguments always give the same past.</summary>
public interface ISimulatedPast
{
    /// <summary>What an objective would have counted, oldest first: a sample a quarter of an hour, and a minute in the last three days.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="everyday">What it counts now, from which its everyday traffic is taken; null when nothing was counted.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant after.</param>
    /// <param name="withIncidents">Whether troubles of the past are part of it; false for the short time between two runs.</param>
    IEnumerable<SimulatedSample> Of(ObjectiveFacts objective, EverydayTraffic? everyday, DateTimeOffset from, DateTimeOffset to, bool withIncidents);

    /// <summary>People active at an instant, given how many there are now.</summary>
    double UsersAt(DateTimeOffset at, double usersNow, DateTimeOffset now);
}

/// <summary>Events of a stretch of the past.</summary>
public readonly record struct SimulatedSample(DateTimeOffset At, double Good, double Total);

/// <summary>What an objective counts on an ordinary day.</summary>
/// <param name="PerSecond">Events a second at the moment it was seen; above zero.</param>
/// <param name="BadShare">Share of bad events, in [0, 1].</param>
/// <param name="SeenAt">When it was seen.</param>
public sealed record EverydayTraffic(double PerSecond, double BadShare, DateTimeOffset SeenAt);
