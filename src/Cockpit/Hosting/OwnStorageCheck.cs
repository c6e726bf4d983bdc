using Cockpit.Connectors.Postgres;
using Cockpit.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cockpit.Hosting;

/// <summary>
/// Refuses to start with a watched database as the cockpit's own storage: when that database is down, a cockpit kept in it could
/// neither show it nor record what is done about it.
/// </summary>
internal sealed partial class OwnStorageCheck(
    IOptions<StorageOptions> storage, IServiceProvider services, TimeProvider clock, ILogger<OwnStorageCheck> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (storage.Value.Kind != StorageOptions.Postgres || services.GetService<IOptions<PostgresOptions>>()?.Value is not { Primary: { } primary } watched) return;
        var own = await IdentifyAsync(storage.Value.ConnectionString!, cancellationToken);
        foreach (var connection in watched.Standbys.Select(standby => standby.ConnectionString).Prepend(primary))
        {
            if (own is null || connection is null || await IdentifyAsync(connection, cancellationToken) is not { } other || !own.SharesServerWith(other)) continue;
            throw new ConfigurationException(
                ["Storage:ConnectionString names the database server that Postgres:Primary or a standby watches; accepted: a server of its own, because the cockpit must work when the watched one does not"]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null when the server does not answer: then nothing can be said, and an outage must not keep the cockpit down.</summary>
    private async Task<DatabaseIdentity?> IdentifyAsync(string connectionString, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await using var server = NpgsqlDataSource.Create(connectionString);
            return await DatabaseIdentity.ReadAsync(server, bounded.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            CannotTell(logger, exception.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A database did not say which one it is ({Reason}); whether storage stands apart from the watched ones is not checked")]
    private static partial void CannotTell(ILogger logger, string reason);
}
