using Cockpit.UseCases.Recording;
using Npgsql;

namespace Cockpit.Storage;

/// <summary>Whoever holds one advisory lock leads. The lock lives on a connection of its own and ends with it, however the holder dies.</summary>
internal sealed partial class PostgresLeadership(PostgresDatabase database, TimeProvider time, ILogger<PostgresLeadership> logger) : ILeadership
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(2);

    private volatile Term? _term;

    public bool IsLeader => _term is { Lost.IsCancellationRequested: false };

    public async Task<ILeadershipTerm> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryLockAsync(cancellationToken) is { } connection)
            {
                LogLeading();
                return _term = new Term(connection, LogLost);
            }

            await Task.Delay(RetryEvery, time, cancellationToken);
        }
    }

    private async Task<NpgsqlConnection?> TryLockAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.OpenDedicatedAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({PostgresDatabase.LockNumber("leader")})", connection);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                var held = connection;
                connection = null;
                return held;
            }
        }
        catch (Exception away) when (PostgresDatabase.IsConnectionFailure(away) && !cancellationToken.IsCancellationRequested)
        {
            LogCannotAsk(away.GetType().Name);
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This instance now leads and runs the timers.")]
    private partial void LogLeading();

    [LoggerMessage(Level = LogLevel.Warning, Message = "This instance no longer leads: its connection ended ({Failure}).")]
    private partial void LogLost(string failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Who leads cannot be asked: the database does not answer ({Failure}).")]
    private partial void LogCannotAsk(string failure);

    private sealed class Term : ILeadershipTerm
    {
        private readonly CancellationTokenSource _lost = new();
        private readonly CancellationTokenSource _resign = new();
        private readonly NpgsqlConnection _connection;
        private readonly Task _watch;
        private int _disposed;

        public Term(NpgsqlConnection connection, Action<string> onLost)
        {
            _connection = connection;
            Lost = _lost.Token;
            _watch = WatchAsync(onLost);
        }

        public CancellationToken Lost { get; }

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
            await _resign.CancelAsync();
            await _watch;
            await _connection.DisposeAsync();
            _resign.Dispose();
            _lost.Dispose();
        }

        private async Task WatchAsync(Action<string> onLost)
        {
            try
            {
                // Ends when the server closes the connection or fails to answer a keep-alive.
                while (true) await _connection.WaitAsync(_resign.Token);
            }
            catch (OperationCanceledException) when (_resign.IsCancellationRequested)
            {
                // Resigned: the caller ends the term itself.
            }
            catch (Exception gone) when (PostgresDatabase.IsConnectionFailure(gone))
            {
                onLost(gone.GetType().Name);
            }
            finally
            {
                await _lost.CancelAsync();
            }
        }
    }
}
