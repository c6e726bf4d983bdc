using System.Collections.Immutable;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>One row of <c>pg_stat_replication</c>. Positions are bytes since the beginning of the log.</summary>
/// <param name="ApplicationName">As the receiver introduced itself; need not be unique.</param>
/// <param name="State">The walsender's state.</param>
/// <param name="Address">The receiver's address, or null for a local socket.</param>
/// <param name="Replayed">Position it reported as replayed; null when it never did, zero while it starts.</param>
/// <param name="ReplayLag">The primary's own measure; null on an idle standby that has caught up.</param>
/// <param name="Slot">Its replication slot, or null.</param>
/// <param name="IsStandby">False for logical subscribers and for backup and archiving tools, which replay nothing.</param>
internal sealed record WalSender(
    string ApplicationName, string State, string? Address, long? Replayed, TimeSpan? ReplayLag, string? Slot, bool IsStandby);

/// <summary>What the primary says.</summary>
/// <param name="InRecovery">It is a standby itself.</param>
/// <param name="Position">How far its log reaches; for a standby, how far it has replayed.</param>
/// <param name="ConnectionsUsed">Client sessions.</param>
/// <param name="ConnectionsMax">Sessions it accepts.</param>
/// <param name="Senders">Everybody it streams to.</param>
internal sealed record PrimaryAccount(
    bool InRecovery, long? Position, int ConnectionsUsed, int ConnectionsMax, ImmutableArray<WalSender> Senders)
{
    // Without pg_monitor the statistics views hide other users' rows column by column, which would read as no
    // connections and no standbys. A walsender is a backend too, hence the type.
    private const string Server =
        """
        SELECT pg_is_in_recovery(),
               pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, '0/0')::bigint,
               (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::bigint,
               current_setting('max_connections')::bigint,
               pg_has_role('pg_read_all_stats', 'USAGE')
        """;

    private const string Receivers =
        """
        SELECT left(coalesce(r.application_name, ''), 200)::text, coalesce(r.state, '')::text, host(r.client_addr)::text,
               pg_wal_lsn_diff(r.replay_lsn, '0/0')::bigint, extract(epoch FROM r.replay_lag)::float8, s.slot_name::text,
               coalesce(s.slot_type, 'physical') = 'physical' AND r.state <> 'backup' AND (r.replay_lsn IS NOT NULL OR r.state <> 'streaming')
        FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
        ORDER BY r.application_name, r.client_addr, r.pid
        LIMIT 200
        """;

    /// <exception cref="PostgresRefusedException">The user may not see what is needed.</exception>
    public static async Task<PrimaryAccount> ReadAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Server), new(Receivers) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken)) throw new PostgresRefusedException("did not answer as PostgreSQL does");
        if (!rows.GetBoolean(4)) throw new PostgresRefusedException("hides its statistics from this user (GRANT pg_monitor TO it)");

        var account = new PrimaryAccount(
            rows.GetBoolean(0), rows.IsDBNull(1) ? null : rows.GetInt64(1), (int)rows.GetInt64(2), (int)rows.GetInt64(3), []);
        var senders = ImmutableArray.CreateBuilder<WalSender>();
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            senders.Add(new(
                rows.GetString(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt64(3),
                rows.IsDBNull(4) ? null : TimeSpan.FromSeconds(rows.GetDouble(4)), rows.IsDBNull(5) ? null : rows.GetString(5), rows.GetBoolean(6)));
        }

        return account with { Senders = senders.ToImmutable() };
    }
}
