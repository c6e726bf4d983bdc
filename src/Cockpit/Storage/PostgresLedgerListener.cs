using Npgsql;

namespace Cockpit.Storage;

/// <summary>Wakes this instance's followers when another instance appends. Followers also poll, so what is missed here is only late.</summary>
internal sealed partial class PostgresLedgerListener(StorageDatabase database, TimeProvider time, ILogger<PostgresLedgerListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan ReconnectEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database is not PostgresDatabase postgres) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(postgres, stoppingToken);
            }
            catch (Exception lost) when (PostgresDatabase.IsConnectionFailure(lost))
            {
                LogLost(lost.GetType().Name, ReconnectEvery);
                await Task.Delay(ReconnectEvery, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(PostgresDatabase postgres, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenDedicatedAsync(cancellationToken);
        connection.Notification += (_, _) => database.Signal.Pulse();
        await using var listen = new NpgsqlCommand($"LISTEN {PostgresDatabase.Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);

        // Whatever was announced while nobody listened.
        database.Signal.Pulse();
        while (true) await connection.WaitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening for ledger entries of other instances ended ({Failure}); trying again every {Every}. Polling goes on.")]
    private partial void LogLost(string failure, TimeSpan every);
}
