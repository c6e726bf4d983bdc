using Cockpit.Connectors.Postgres;
using Cockpit.Domain.Health;
using Npgsql;

namespace Cockpit.E2E.Lab;

[Trait("needs", "lab")]
public sealed class PostgresLabTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _primary = LabSetting.Get("COCKPIT_LAB_PG_PRIMARY");
    private readonly string _standby = LabSetting.Get("COCKPIT_LAB_PG_STANDBY");
    // The cockpit's own role may look and nothing else; what is broken here is broken by the servers' owner.
    private readonly string _primaryOwner = LabSetting.Get("COCKPIT_LAB_PG_OWNER_PRIMARY");
    private readonly string _standbyOwner = LabSetting.Get("COCKPIT_LAB_PG_OWNER_STANDBY");
    private readonly string _table = $"cockpit_lag_{Environment.ProcessId}";
    private PostgresReplicationSource _source = null!;

    public Task InitializeAsync()
    {
        _source = new(new PostgresOptions { Primary = _primary, Standbys = [new("replica", _standby)] }, TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await ExecuteAsync(_standbyOwner, "SELECT pg_wal_replay_resume()");
        await ExecuteAsync(_primaryOwner, $"DROP TABLE IF EXISTS {_table}");
        await _source.DisposeAsync();
    }

    [Fact]
    public async Task Idle_pair_is_caught_up_in_bytes_and_seconds()
    {
        var reading = await UntilAsync(found => found.Standbys is [{ BytesBehind: 0 }]);

        Assert.False(reading.PrimaryInRecovery);
        Assert.InRange(reading.ConnectionsUsed, 1, reading.ConnectionsMax);
        Assert.Equal(new StandbyReading("replica", "streaming", 0, TimeSpan.Zero, false, null, null), Assert.Single(reading.Standbys));
    }

    [Fact]
    public async Task Writing_while_replay_is_paused_shows_bytes_and_seconds_and_resuming_clears_them()
    {
        await ExecuteAsync(_standbyOwner, "SELECT pg_wal_replay_pause()");
        await ExecuteAsync(_primaryOwner, $"CREATE TABLE {_table} AS SELECT generate_series(1, 100000) AS i");

        var behind = await UntilAsync(found => found.Standbys is [{ ReplayPaused: true, BytesBehind: > 1_000_000, Behind: var age }] && age > TimeSpan.FromSeconds(2));

        Assert.Equal("streaming", behind.Standbys[0].State);
        Assert.Null(behind.Standbys[0].Failure);

        await ExecuteAsync(_standbyOwner, "SELECT pg_wal_replay_resume()");

        await UntilAsync(found => found.Standbys is [{ ReplayPaused: false, BytesBehind: 0 }] && found.Standbys[0].Behind == TimeSpan.Zero);
    }

    [Fact]
    public async Task Longest_query_of_the_standby_is_a_clients_and_not_our_own()
    {
        await using var connection = new NpgsqlConnection(_standby);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_sleep(20)", connection);
        using var stop = new CancellationTokenSource();
        var sleeping = command.ExecuteNonQueryAsync(stop.Token);

        await UntilAsync(found => found.Standbys[0].LongestQuery > TimeSpan.FromSeconds(1));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
    }

    [Fact]
    public async Task Configured_primary_that_is_a_standby_says_so()
    {
        await using var source = new PostgresReplicationSource(new PostgresOptions { Primary = _standby }, TimeProvider.System);

        Assert.True((await source.ReadAsync(default)).Value.PrimaryInRecovery);
    }

    [Fact]
    public async Task Standby_that_is_gone_is_listed_with_the_reason()
    {
        var elsewhere = new NpgsqlConnectionStringBuilder(_standby) { Port = 1 }.ConnectionString;
        await using var source = new PostgresReplicationSource(
            new PostgresOptions { Primary = _primary, Standbys = [new("gone", elsewhere)] }, TimeProvider.System);

        var gone = (await source.ReadAsync(default)).Value.Standbys.Single(standby => standby.Name == "gone");

        Assert.Equal(new StandbyReading("gone", null, null, null, null, null, "refuses connections"), gone);
    }

    [Fact]
    public async Task Sessions_can_not_write_and_carry_the_cockpits_name()
    {
        await using var server = PostgresServer.Open(_primary, TimeSpan.FromSeconds(5));
        await using var name = server.CreateCommand("SHOW application_name");
        await using var write = server.CreateCommand($"CREATE TABLE {_table} (i int)");

        Assert.Equal("cockpit", await name.ExecuteScalarAsync());
        Assert.Equal("25006", (await Assert.ThrowsAsync<PostgresException>(() => write.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task Identity_is_the_same_on_primary_and_standby_and_another_for_another_database()
    {
        var here = await _source.ReadIdentityAsync(default);
        await using var replica = PostgresServer.Open(_standby, TimeSpan.FromSeconds(5));
        await using var other = PostgresServer.Open(new NpgsqlConnectionStringBuilder(_primary) { Database = "template1" }.ConnectionString, TimeSpan.FromSeconds(5));

        Assert.Equal(here, await DatabaseIdentity.ReadAsync(replica, default));
        var elsewhere = await DatabaseIdentity.ReadAsync(other, default);
        Assert.NotEqual(here, elsewhere);
        Assert.True(here.SharesServerWith(elsewhere));
    }

    private async Task<ReplicationReading> UntilAsync(Func<ReplicationReading, bool> found)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var reading = (await _source.ReadAsync(patience.Token)).Value;
            if (found(reading)) return reading;
            Assert.False(patience.IsCancellationRequested, $"last seen: {string.Join("; ", reading.Standbys)}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
