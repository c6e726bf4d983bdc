using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cockpit.Estate.Exporter;

/// <summary>Once a second reads from a PostgreSQL exporter's page how many bytes the real replica is behind; the estate's readers bear it.</summary>
internal sealed partial class PostgresFollower(
    ExporterArguments arguments, EstateSimulation simulation, TimeProvider time, ILogger<PostgresFollower> logger) : BackgroundService
{
    // pg_stat_replication_pg_wal_lsn_diff{application_name="replica-1",...,state="streaming"} 1.234e+06
    private const string Metric = "pg_stat_replication_pg_wal_lsn_diff{";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private bool _silent;

    /// <summary>The bytes that the replica furthest behind lacks; null when the page names none.</summary>
    internal static double? BytesBehind(string page)
    {
        double? most = null;
        foreach (var line in page.Split('\n').Where(line => line.StartsWith(Metric, StringComparison.Ordinal)))
        {
            if (double.TryParse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes) && double.IsFinite(bytes))
                most = Math.Max(most ?? 0, bytes);
        }

        return most;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            do
            {
                try
                {
                    if (BytesBehind(await client.GetStringAsync(arguments.PostgresMetrics, stoppingToken)) is { } bytes)
                        simulation.With(estate => estate.Postgres.Mirror(bytes));
                    _silent = false;
                }
                catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
                {
                    if (!_silent) LogSilent(exception.GetBaseException().Message);
                    _silent = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The replica's delay cannot be read, the estate keeps the last one: {Reason}")]
    private partial void LogSilent(string reason);
}
