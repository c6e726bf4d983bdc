using System.Data.Common;
using System.Net.Sockets;
using Cockpit.UseCases.Recording;
using Dapper;

namespace Cockpit.Storage;

/// <summary>
/// One database behind all of storage. Prepares the schema on first use, turns every failure of the database into
/// <see cref="StorageUnavailableException"/> and keeps <see cref="StorageHealth"/> up to date. Only a successful write counts as recovery:
/// a full or read-only disk still answers reads.
/// </summary>
internal abstract class StorageDatabase(StorageHealth health, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _isPrepared;

    /// <summary>Appends wake followers through this.</summary>
    public LedgerSignal Signal { get; } = new();

    /// <summary>How long a follower that hears nothing waits before it looks.</summary>
    public abstract TimeSpan FollowPollInterval { get; }

    /// <summary>The folder of its migrations.</summary>
    protected abstract string Dialect { get; }

    internal IReadOnlyList<Migration>? MigrationsOverride { get; init; }

    protected TimeProvider Time { get; } = time;

    /// <summary>Applies missing migrations once; later calls return at once.</summary>
    /// <exception cref="MigrationRefusedException">The schema is not one that this version may work with.</exception>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared) return;
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (_isPrepared) return;
            await GuardAsync(() => OffloadAsync(() => MigrateAsync(cancellationToken), true, cancellationToken), () => false, cancellationToken);
            _isPrepared = true;
            health.WriteSucceeded();
        }
        finally
        {
            _preparing.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await PrepareForUseAsync(cancellationToken);
        return await GuardAsync(() => RetryOnceAsync(ReadOnceAsync, () => true), () => false, cancellationToken);

        Task<T> ReadOnceAsync() => OffloadAsync(
            async () =>
            {
                await using var connection = await OpenAsync(cancellationToken);
                return await read(connection);
            },
            false,
            cancellationToken);
    }

    /// <summary>Runs one transaction. <paramref name="write"/> may run twice: again after a connection that broke before the commit.</summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        await PrepareForUseAsync(cancellationToken);
        var isCommitting = false;
        var result = await GuardAsync(() => RetryOnceAsync(WriteOnceAsync, () => !isCommitting), () => isCommitting, cancellationToken);
        health.WriteSucceeded();
        return result;

        Task<T> WriteOnceAsync() => OffloadAsync(
            async () =>
            {
                await using var connection = await OpenAsync(cancellationToken);
                await using var transaction = await BeginWriteAsync(connection, cancellationToken);
                var written = await write(transaction);
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
                isCommitting = false;
                return written;
            },
            true,
            cancellationToken);
    }

    /// <summary>Makes this transaction the only one that may append until it ends.</summary>
    public abstract Task LockLedgerAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Tells the other instances, once the transaction commits, that the ledger has grown.</summary>
    public abstract Task AnnounceAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Writes one row, to learn whether writing works.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken) => WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO storage_probe (id, probed_at_us) VALUES (1, @now) ON CONFLICT (id) DO UPDATE SET probed_at_us = excluded.probed_at_us",
            new { now = LedgerEncoding.ToMicroseconds(Time.GetUtcNow()) },
            transaction,
            cancellationToken: cancellationToken)),
        cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    protected abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Creates what must be there before the schema, and opens a connection.</summary>
    protected abstract Task<DbConnection> OpenForMigrationAsync(CancellationToken cancellationToken);

    /// <summary>Keeps two instances from migrating at once.</summary>
    protected abstract Task LockSchemaAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Runs database work where it may block.</summary>
    protected abstract Task<T> OffloadAsync<T>(Func<Task<T>> work, bool isWrite, CancellationToken cancellationToken);

    /// <summary>True when the connection, and with it the transaction, is gone, and a new one may work.</summary>
    protected abstract bool IsBrokenConnection(Exception exception);

    /// <summary>The failure as one sentence fit for a screen.</summary>
    protected abstract string Describe(Exception exception);

    private static bool IsOutage(Exception exception) =>
        exception is DbException or IOException or SocketException or TimeoutException or UnauthorizedAccessException;

    private async Task PrepareForUseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
        }
        catch (MigrationRefusedException refused)
        {
            health.Failed(refused.Message);
            throw new StorageUnavailableException(refused.Message, refused);
        }
    }

    private async Task<bool> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenForMigrationAsync(cancellationToken);
        await using var transaction = await BeginWriteAsync(connection, cancellationToken);
        await LockSchemaAsync(transaction, cancellationToken);
        await Migrator.ApplyAsync(transaction, MigrationsOverride ?? Migration.LoadEmbedded(Dialect), Time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task<T> RetryOnceAsync<T>(Func<Task<T>> operation, Func<bool> mayRepeat)
    {
        try
        {
            return await operation();
        }
        catch (Exception broken) when (IsBrokenConnection(broken) && mayRepeat())
        {
            return await operation();
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> operation, Func<bool> mayHaveBeenRecorded, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (Exception outage) when (IsOutage(outage) && !cancellationToken.IsCancellationRequested)
        {
            var reason = Describe(outage);
            health.Failed(reason);
            throw new StorageUnavailableException(reason, outage, mayHaveBeenRecorded());
        }
    }
}
