using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>Keeps the counted history of objectives across restarts.</summary>
/// <remarks>
/// Several instances count the same source and may all write: the newest of an objective stays. Every member throws
/// <see cref="Recording.StorageUnavailableException"/> on an outage.
/// </remarks>
public interface ISliArchive
{
    /// <summary>Everything kept.</summary>
    Task<SliArchiveContents> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps these, each unless a newer one of its key is kept already, and the notes.</summary>
    Task SaveAsync(IReadOnlyList<ArchivedSeries> series, string? notes, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What an archive holds.</summary>
/// <param name="Series">One an objective.</param>
/// <param name="Notes">What else was kept, as JSON; null when nothing was.</param>
public sealed record SliArchiveContents(IReadOnlyList<ArchivedSeries> Series, string? Notes);

/// <summary>One objective's counted history.</summary>
/// <param name="Key">The objective's key.</param>
/// <param name="TakenAt">The time the series stood at.</param>
/// <param name="Series">The series' snapshot.</param>
/// <param name="Counters">The last readings of its counters, as JSON.</param>
public sealed record ArchivedSeries(string Key, DateTimeOffset TakenAt, byte[] Series, string Counters);

/// <summary>The last reading of one instance's counters.</summary>
public sealed record ArchivedCounter(string Instance, DateTimeOffset At, double Part, double Total);

/// <summary>A past that was fetched from the source.</summary>
/// <param name="Series">What was counted.</param>
/// <param name="Counters">The last reading of each instance.</param>
internal sealed record FetchedPast(SloSeries Series, IReadOnlyDictionary<string, CounterReading> Counters);
