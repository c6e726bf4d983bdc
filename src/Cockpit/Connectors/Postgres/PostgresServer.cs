using System.Globalization;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>One watched server: a small pool of read-only sessions that give up on time.</summary>
internal static class PostgresServer
{
    /// <summary>
    /// One is used at a time. An opening that the server never finishes keeps its place, for ever if bytes trickle in: the driver
    /// takes no cancellation while it opens a connection.
    /// </summary>
    private const int Sessions = 8;

    /// <summary>Runs a read and walks away from it at the deadline, whatever the driver does.</summary>
    public static async Task<T> ReadAsync<T>(
        NpgsqlDataSource server, Func<NpgsqlDataSource, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var reading = read(server, cancellationToken);
        try
        {
            return await reading.WaitAsync(cancellationToken);
        }
        catch (Exception failed)
        {
            // What answers wrongly may be another server by now, so no kept session is used again.
            if (failed is not PostgresException) server.Clear();
            Abandon(reading);
            throw;
        }
    }

    public static NpgsqlDataSource Open(string connectionString, TimeSpan timeout) =>
        Open(connectionString, timeout, timeout, "cockpit", "-c default_transaction_read_only=on ");

    /// <summary>Sessions that may write.</summary>
    public static NpgsqlDataSource OpenForActions(string connectionString, TimeSpan timeout, TimeSpan statement) =>
        Open(connectionString, timeout, statement, "cockpit-actions", "");

    private static NpgsqlDataSource Open(string connectionString, TimeSpan timeout, TimeSpan statement, string applicationName, string access)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = applicationName,
            MinPoolSize = 0,
            MaxPoolSize = Sessions,
            Timeout = Seconds(timeout),
            CommandTimeout = Seconds(statement),
            // A server that hangs would also keep the wish to cancel waiting: drop the connection instead.
            CancellationTimeout = -1,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            Enlist = false,
        };
        var onServer = string.Create(
            CultureInfo.InvariantCulture, $"{access}-c statement_timeout={(long)statement.TotalMilliseconds}");
        settings.Options = string.IsNullOrWhiteSpace(settings.Options) ? onServer : $"{settings.Options} {onServer}";
        // Only built-in types are read, so the server's catalog of types need not be.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));

    private static void Abandon(Task reading) =>
        reading.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
