using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>What a standby says about itself. Positions are bytes since the beginning of the log.</summary>
/// <param name="InRecovery">False when it was promoted, or never was a standby.</param>
/// <param name="Received">How far it has received by streaming; null when it never streamed.</param>
/// <param name="Replayed">How far it has replayed.</param>
/// <param name="SinceCommit">Age of the newest commit it replayed, by its own clock; null when there was none since it started.</param>
/// <param name="ReplayPaused">Replay is paused by hand.</param>
/// <param name="LongestQuery">Age of its longest running client query; null when none runs.</param>
/// <param name="ReceiverName">The name under which it streams; null when it does not stream.</param>
/// <param name="Slot">The replication slot that it streams from, or null.</param>
internal sealed record StandbyAccount(
    bool InRecovery, long? Received, long? Replayed, TimeSpan? SinceCommit, bool? ReplayPaused, TimeSpan? LongestQuery,
    string? ReceiverName, string? Slot)
{
    // conninfo reads "… application_name=replica fallback_application_name=walreceiver …", its password already masked by the server.
    // A standby that has replayed no commit since it started has no such timestamp: then it is at least as far behind as it is up.
    private const string Query =
        """
        SELECT pg_is_in_recovery(),
               pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint,
               pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint,
               extract(epoch FROM clock_timestamp() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))::float8,
               CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END,
               (SELECT extract(epoch FROM max(clock_timestamp() - query_start)) FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid())::float8,
               (SELECT coalesce(substring(conninfo FROM '(?:^| )application_name=''?([^'' ]+)'),
                                substring(conninfo FROM '(?:^| )fallback_application_name=''?([^'' ]+)')) FROM pg_stat_wal_receiver)::text,
               (SELECT slot_name FROM pg_stat_wal_receiver)::text
        """;

    private const string ReplayPosition = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint";

    public static async Task<StandbyAccount> ReadAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(Query);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) throw new PostgresRefusedException("did not answer as PostgreSQL does");
        return new(
            row.GetBoolean(0), Position(row, 1), Position(row, 2), Age(row, 3), row.IsDBNull(4) ? null : row.GetBoolean(4), Age(row, 5),
            row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7));
    }

    /// <summary>How far a standby has replayed by now.</summary>
    public static async Task<long?> ReadReplayedAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(ReplayPosition);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private static long? Position(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    // The two clocks that meet in an age may disagree: never less than nothing.
    private static TimeSpan? Age(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(column)));
}
