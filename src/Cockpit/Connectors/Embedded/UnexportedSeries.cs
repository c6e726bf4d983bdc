using System.Globalization;
using System.Text;
using Cockpit.Estate;

namespace Cockpit.Connectors.Embedded;

/// <summary>
/// Series that other exporters, or the platform's own checks, would deliver where the estate is real: Prometheus itself, the one of PostgreSQL,
/// the one of the machines, and the data-quality checks. Each is a function of what the simulation holds.
/// </summary>
internal static class UnexportedSeries
{
    private const double PoolSize = 160;

    /// <summary>Domain, check, checks a second, and share of checks that fail on an ordinary day.</summary>
    private static readonly (string Domain, string Check, double PerSecond, double Failing)[] Checks =
    [
        ("market", "price-accuracy", 40, 0.00002), ("market", "completeness", 25, 0.0001), ("market", "historical-integrity", 0.2, 0),
        ("portfolio", "valuation-accuracy", 12, 0.00002), ("portfolio", "position-reconciliation", 2, 0.0002),
        ("portfolio", "transaction-recording", 6, 0.0003), ("portfolio", "pnl-accuracy", 5, 0.00003),
        ("risk", "calculation-accuracy", 8, 0.0001), ("risk", "model-update", 0.01, 0.001), ("risk", "stress-test-coverage", 0.02, 0.01),
        ("risk", "regulatory-reporting", 0.005, 0), ("analytics", "calculation-accuracy", 3, 0.00005),
    ];

    /// <param name="estate">The estate.</param>
    /// <param name="countedSince">When the checks began to be counted.</param>
    public static string Write(SimulatedEstate estate, DateTimeOffset countedSince)
    {
        var page = new StringBuilder();
        var elapsed = (estate.Now - countedSince).TotalSeconds;
        foreach (var (domain, check, perSecond, failing) in Checks)
        {
            var labels = $"domain=\"{domain}\",check=\"{check}\"";
            var all = Math.Floor(elapsed * perSecond);
            var failed = Math.Floor(all * failing);
            Add(page, $"data_quality_checks_total{{{labels},result=\"pass\"}}", all - failed);
            Add(page, $"data_quality_checks_total{{{labels},result=\"fail\"}}", failed);
        }

        var replication = estate.Postgres.Read();
        var reads = Math.Floor(estate.Postgres.Query.Totals[^1] * 40);
        Add(page, "up{job=\"quantx-api\",instance=\"quantx-api:8080\"}", 1);
        Add(page, "pg_replication_lag_seconds", estate.Postgres.Behind.TotalSeconds);
        Add(page, "pg_stat_activity_count", replication.ConnectionsUsed);
        Add(page, "pg_settings_max_connections", replication.ConnectionsMax);
        Add(page, "pg_stat_database_blks_hit", Math.Floor(reads * 0.9965));
        Add(page, "pg_stat_database_blks_read", Math.Floor(reads * 0.0035));
        Add(page, "db_pool_connections_in_use", Math.Min(PoolSize, replication.ConnectionsUsed * 0.9));
        Add(page, "db_pool_connections_max", PoolSize);
        foreach (var machine in estate.Nodes.Machines)
            Add(page, $"disk_io_usage_percent{{instance=\"{machine.Instance}\"}}", Math.Round(12 + (machine.Network * 0.6), 2));
        return page.ToString();
    }

    private static void Add(StringBuilder page, string series, double value) =>
        page.Append(series).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
