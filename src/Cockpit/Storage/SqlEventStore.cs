using System.Data.Common;
using System.Runtime.CompilerServices;
using Cockpit.UseCases.Recording;
using Dapper;

namespace Cockpit.Storage;

/// <summary>The ledger in a table of either database. The two differ only in how appends take turns and how followers are woken.</summary>
internal sealed class SqlEventStore(StorageDatabase database, TimeProvider time) : IEventStore
{
    private const int PageEntries = 256;
    private const int PageCharacters = 4 * 1024 * 1024;
    private const int MaxKey = 200;

    public async Task<AppendResult> AppendAsync(
        StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (events.Count == 0) throw new ArgumentException("An append records at least one event.", nameof(events));
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion ?? 0, nameof(expectedVersion));
        if (idempotencyKey is not null && (idempotencyKey.Length is 0 or > MaxKey || !StorableText.IsWellFormed(idempotencyKey)))
            throw new ArgumentException($"An idempotency key is 1 to {MaxKey} well-formed characters.", nameof(idempotencyKey));

        var result = await database.WriteAsync(
            transaction => AppendLockedAsync(transaction, stream, expectedVersion, events, idempotencyKey, cancellationToken),
            cancellationToken);
        if (result is AppendResult.Appended) database.Signal.Pulse();
        return result;
    }

    public Task<IReadOnlyList<StoredEvent>> ReadStreamAsync(StreamId stream, CancellationToken cancellationToken) => database.ReadAsync(
        connection => ReadRowsAsync(
            connection,
            null,
            $"{LedgerRow.Select} WHERE stream_kind = @kind AND stream_id = @id ORDER BY version",
            new { kind = stream.Kind, id = stream.Id },
            isPage: false,
            cancellationToken),
        cancellationToken);

    public async IAsyncEnumerable<StoredEvent> ReadLedgerAsync(
        long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromPosition;
        while (true)
        {
            var page = await ReadPageAsync(next, cancellationToken);
            if (page.Count == 0) yield break;
            foreach (var entry in page) yield return entry;
            next = page[^1].Position + 1;
        }
    }

    public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection => ReadHeadAsync(connection, null, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<StoredEvent> FollowAsync(long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromPosition;
        while (true)
        {
            var pulse = database.Signal.Next;
            foreach (var entry in await ReadPageOrNothingAsync(next, cancellationToken))
            {
                next = entry.Position + 1;
                yield return entry;
                pulse = null;
            }

            if (pulse is not null) await LedgerSignal.WaitAsync(pulse, database.FollowPollInterval, time, cancellationToken);
        }
    }

    private static async Task<LedgerHead> ReadHeadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var command = new CommandDefinition(
            "SELECT position, hash FROM ledger ORDER BY position DESC LIMIT 1", transaction: transaction, cancellationToken: cancellationToken);
        await using var rows = await connection.ExecuteReaderAsync(command);
        if (!await rows.ReadAsync(cancellationToken)) return LedgerHead.Empty;
        var position = rows.GetInt64(0);
        try
        {
            return new LedgerHead(position, LedgerHash.Parse(rows.GetString(1)));
        }
        catch (FormatException unreadable)
        {
            throw new LedgerCorruptException(position, "was changed: its hash is not one", unreadable);
        }
    }

    private static async Task<IReadOnlyList<StoredEvent>> ReadRowsAsync(
        DbConnection connection, DbTransaction? transaction, string sql, object parameters, bool isPage, CancellationToken cancellationToken)
    {
        var entries = new List<StoredEvent>();
        var characters = 0;
        await using var rows = await connection.ExecuteReaderAsync(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        try
        {
            while (!(isPage && characters >= PageCharacters) && await rows.ReadAsync(cancellationToken))
            {
                var entry = LedgerRow.Read(rows);
                entries.Add(entry);
                characters += entry.Payload.Length;
            }
        }
        catch (LedgerCorruptException) when (isPage && entries.Count > 0)
        {
            // The next page begins with it: its reader first gets everything before.
        }

        return entries;
    }

    private async Task<AppendResult> AppendLockedAsync(
        DbTransaction transaction,
        StreamId stream,
        long? expectedVersion,
        IReadOnlyList<NewEvent> events,
        string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await database.LockLedgerAsync(transaction, cancellationToken);
        if (idempotencyKey is not null)
        {
            var existing = await ReadRowsAsync(
                connection,
                transaction,
                $"{LedgerRow.Select} WHERE stream_kind = @kind AND idempotency_key = @idempotencyKey ORDER BY position",
                new { kind = stream.Kind, idempotencyKey },
                isPage: false,
                cancellationToken);
            if (existing.Count > 0) return new AppendResult.AlreadyRecorded(existing);
        }

        var version = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(MAX(version), 0) FROM ledger WHERE stream_kind = @kind AND stream_id = @id",
            new { kind = stream.Kind, id = stream.Id },
            transaction,
            cancellationToken: cancellationToken));
        if (expectedVersion is { } expected && expected != version) return new AppendResult.VersionConflict(version);

        var head = await ReadHeadAsync(connection, transaction, cancellationToken);
        var first = head.Position + 1;
        var recordedAt = LedgerEncoding.FromMicroseconds(LedgerEncoding.ToMicroseconds(time.GetUtcNow()));
        foreach (var added in events)
        {
            var draft = new StoredEvent(
                head.Position + 1, stream, ++version, added.Type, added.Payload, added.Actor, recordedAt, idempotencyKey, head.Hash, LedgerHash.Genesis);
            var entry = draft with { Hash = LedgerEncoding.Hash(draft) };
            await connection.ExecuteAsync(new CommandDefinition(
                LedgerRow.Insert, LedgerRow.ToParameters(entry), transaction, cancellationToken: cancellationToken));
            head = new LedgerHead(entry.Position, entry.Hash);
        }

        await database.AnnounceAsync(transaction, cancellationToken);
        return new AppendResult.Appended(version, first, head.Position);
    }

    private Task<IReadOnlyList<StoredEvent>> ReadPageAsync(long fromPosition, CancellationToken cancellationToken) => database.ReadAsync(
        connection => ReadRowsAsync(
            connection,
            null,
            $"{LedgerRow.Select} WHERE position >= @fromPosition ORDER BY position LIMIT @limit",
            new { fromPosition, limit = PageEntries },
            isPage: true,
            cancellationToken),
        cancellationToken);

    private async Task<IReadOnlyList<StoredEvent>> ReadPageOrNothingAsync(long fromPosition, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPageAsync(fromPosition, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // The storage's health has it; the follower asks again after the poll interval.
            return [];
        }
    }
}
