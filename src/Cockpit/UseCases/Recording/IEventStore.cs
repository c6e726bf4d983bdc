namespace Cockpit.UseCases.Recording;

/// <summary>Append-only streams of events in one hash-chained ledger. Every member throws <see cref="StorageUnavailableException"/> on an outage.</summary>
public interface IEventStore
{
    /// <summary>Records events at the end of a stream: all of them, or none.</summary>
    /// <param name="stream">The stream; it begins with its first event.</param>
    /// <param name="expectedVersion">The version the caller decided on, 0 for a stream without events, null for whatever it is.</param>
    /// <param name="events">At least one.</param>
    /// <param name="idempotencyKey">
    /// Unique per stream kind; a repeat answers <see cref="AppendResult.AlreadyRecorded"/>, whatever the expected version. 1 to 200 characters, or null.
    /// </param>
    /// <param name="cancellationToken">Ends the call; a commit that has begun is not abandoned.</param>
    Task<AppendResult> AppendAsync(
        StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, string? idempotencyKey, CancellationToken cancellationToken);

    /// <summary>The events of one stream, oldest first; none when it does not exist.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadStreamAsync(StreamId stream, CancellationToken cancellationToken);

    /// <summary>The ledger from a position on, inclusive, up to its end as it stands when reached.</summary>
    /// <exception cref="LedgerCorruptException">An entry cannot be read as one.</exception>
    IAsyncEnumerable<StoredEvent> ReadLedgerAsync(long fromPosition, CancellationToken cancellationToken);

    /// <summary>The end of the ledger, now.</summary>
    Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The ledger from a position on, inclusive, and then every new entry as it is committed by this or another instance, each once and
    /// in order. Ends only by cancellation; waits through outages.
    /// </summary>
    IAsyncEnumerable<StoredEvent> FollowAsync(long fromPosition, CancellationToken cancellationToken);
}

/// <summary>Shorter ways to ask.</summary>
public static class EventStoreExtensions
{
    /// <summary>Records events without an idempotency key.</summary>
    public static Task<AppendResult> AppendAsync(
        this IEventStore store, StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken) =>
        store.AppendAsync(stream, expectedVersion, events, null, cancellationToken);
}
