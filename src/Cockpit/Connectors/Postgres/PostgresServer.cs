using System.Globalization;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>One watched server: a small pool of read-only sessions that give up on time.</summary>
internal static class PostgresServer
{
    private const int Sessions = 2;

    public static NpgsqlDataSource Open(string connectionString, TimeSpan timeout)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "cockpit",
            MinPoolSize = 0,
            MaxPoolSize = Sessions,
            Timeout = seconds,
            CommandTimeout = seconds,
            // A server that hangs would also keep the wish to cancel waiting: drop the connection instead.
            CancellationTimeout = -1,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            Enlist = false,
        };
        var onServer = string.Create(
            CultureInfo.InvariantCulture, $"-c default_transaction_read_only=on -c statement_timeout={(long)timeout.TotalMilliseconds}");
        settings.Options = string.IsNullOrWhiteSpace(settings.Options) ? onServer : $"{settings.Options} {onServer}";
        // Only built-in types are read, so the server's catalog of types need not be.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
