using Cockpit.Domain.Health;

namespace Cockpit.Tests.Health;

public sealed class SignalDerivationTests
{
    [Theory]
    [InlineData(4, 11_375, 0.91)]
    [InlineData(8, 11_375, 0.455)]
    [InlineData(8, 30_000, 1.2)]
    [InlineData(4, 0, 0.0)]
    public void Capacity_use_is_connections_over_what_ready_managers_hold(int managers, double connections, double use)
    {
        var board = Derive(Platform.Readings(
            Platform.Metrics((SignalIds.Connections, connections)), Platform.Cluster(Platform.Managers(managers))));

        Assert.Equal(
            new Signal(SignalIds.CapacityUse, use, null, Platform.Now, Freshness.Fresh, "Prometheus and Kubernetes"), board[SignalIds.CapacityUse]);
    }

    [Fact]
    public void Only_ready_managers_hold_connections()
    {
        var board = Derive(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(8, ready: 4))));

        Assert.Equal(0.91, board[SignalIds.CapacityUse].Value);
        Assert.Equal((4, 8), (board[SignalIds.ManagersReady].Value, board[SignalIds.ManagersWanted].Value));
    }

    [Theory]
    [InlineData(8, 25_000)]
    [InlineData(9, 25_000)]
    [InlineData(7, 21_875)]
    public void Capacity_ends_at_the_ceiling(int managers, double capacity) =>
        Assert.Equal(capacity, Derive(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(managers))))[SignalIds.Capacity].Value);

    [Fact]
    public void No_ready_manager_has_no_share_but_a_reason()
    {
        var use = Derive(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(4, ready: 0))))[SignalIds.CapacityUse];

        Assert.Equal((null, "no manager is ready", Freshness.Unknown), (use.Value, use.Gap, use.Freshness));
    }

    [Fact]
    public void Missing_deployment_is_named()
    {
        var board = Derive(Platform.Readings(cluster: Platform.Cluster()));

        Assert.All([SignalIds.CapacityUse, SignalIds.Capacity, SignalIds.ManagersReady], id => Assert.Equal(
            (null, "the cluster has no Deployment bondx/websocket-manager", Freshness.Unknown), (board[id].Value, board[id].Gap, board[id].Freshness)));
    }

    [Fact]
    public void Figure_of_two_sources_is_as_old_and_as_weak_as_the_worse()
    {
        var readings = Platform.Readings() with { Cluster = Platform.Seen("Kubernetes", Platform.Cluster(Platform.Managers(4)), TimeSpan.FromSeconds(5)) };

        Assert.Equal(
            new Signal(SignalIds.CapacityUse, 0.91, "no answer from Kubernetes for 5\u202Fs", Platform.Now.AddSeconds(-5), Freshness.Stale, "Prometheus and Kubernetes"),
            Derive(readings)[SignalIds.CapacityUse]);
    }

    [Fact]
    public void Figure_that_lacks_a_configured_source_is_not_configured()
    {
        var readings = Platform.Readings() with { Cluster = Platform.NothingConfigured.Cluster };

        var use = Derive(readings)[SignalIds.CapacityUse];

        Assert.Equal((null, "Kubernetes is not configured", Freshness.NotConfigured), (use.Value, use.Gap, use.Freshness));
    }

    [Fact]
    public void Gap_in_a_fresh_reading_is_unknown_and_no_zero()
    {
        var signal = Derive(Platform.Readings(Platform.Metrics((SignalIds.DeliveryP95, null))))[SignalIds.DeliveryP95];

        Assert.Equal((null, "the source returned no such series", Freshness.Unknown), (signal.Value, signal.Gap, signal.Freshness));
    }

    [Theory]
    [InlineData("service.up{api}")]
    [InlineData("provider.errors")]
    [InlineData(SignalIds.DeliveryP95)]
    public void Every_figure_of_a_source_that_is_not_there_is_not_configured(string id)
    {
        var signal = Derive(Platform.NothingConfigured)[id];

        Assert.Equal((id, null, "Prometheus is not configured", Freshness.NotConfigured), (signal.Id, signal.Value, signal.Gap, signal.Freshness));
    }

    [Fact]
    public void Every_figure_of_a_source_that_never_answered_says_what_is_awaited()
    {
        var signal = Derive(Platform.Waiting)["service.up{api}"];

        Assert.Equal((null, "waiting for the first answer of Prometheus", Freshness.Unknown), (signal.Value, signal.Gap, signal.Freshness));
    }

    [Theory]
    [InlineData(1_000, 900, 950, 50)]
    [InlineData(5_000_000_000, 4_999_999_000, 10, 1_000)]
    [InlineData(900, 1_000, 800, 0)]
    public void Offset_gap_is_what_the_best_replica_lacks(long master, long first, long second, double gap)
    {
        var board = Derive(Platform.Readings(redis: Platform.Redis(
            Platform.Master(master), Platform.Replica("redis-1:6379", first), Platform.Replica("redis-2:6379", second))));

        Assert.Equal(gap, board[SignalIds.RedisOffsetGap].Value);
    }

    [Fact]
    public void Offset_gap_counts_no_replica_whose_link_is_down()
    {
        var board = Derive(Platform.Readings(redis: Platform.Redis(
            Platform.Master(1_000), Platform.Replica("redis-1:6379", 999, linked: false), Platform.Replica("redis-2:6379", 700))));

        Assert.Equal((300, 1, 1), (board[SignalIds.RedisOffsetGap].Value, board[SignalIds.RedisReplicasInSync].Value, board[SignalIds.RedisReplicasUnlinked].Value));
    }

    [Fact]
    public void Offset_gap_cannot_be_measured_without_the_master_or_a_replica()
    {
        var dead = Derive(Platform.Readings(redis: Platform.Redis(Platform.Silent("redis-0:6379"), Platform.Replica("redis-1:6379", 9))));
        var alone = Derive(Platform.Readings(redis: Platform.Redis(Platform.Master(1_000), Platform.Replica("redis-1:6379", 9, linked: false))));

        Assert.Equal((null, "the master does not answer"), (dead[SignalIds.RedisOffsetGap].Value, dead[SignalIds.RedisOffsetGap].Gap));
        Assert.Equal((null, "no replica is in sync"), (alone[SignalIds.RedisOffsetGap].Value, alone[SignalIds.RedisOffsetGap].Gap));
        Assert.Equal(0, dead[SignalIds.RedisMasterAgreed].Value);
        Assert.Equal(1, dead[SignalIds.RedisNodesUnreachable].Value);
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Master_is_agreed_on_by_a_majority_of_sentinels(int total, int agreeing, double agreed)
    {
        var redis = Platform.Redis() with { SentinelsTotal = total, SentinelsAgreeing = agreeing };

        Assert.Equal(agreed, Derive(Platform.Readings(redis: redis))[SignalIds.RedisMasterAgreed].Value);
    }

    [Fact]
    public void Redis_where_no_node_answers_a_ping_has_no_ping_time()
    {
        var ping = Derive(Platform.Readings(redis: Platform.Redis(Platform.Silent("redis-0:6379"))))[SignalIds.RedisPing];

        Assert.Equal((null, "no node answers"), (ping.Value, ping.Gap));
    }

    [Fact]
    public void Lag_is_that_of_the_worst_standby()
    {
        var board = Derive(Platform.Readings(replication: Platform.Replication(Platform.Standby("a", 0.5, 9_000), Platform.Standby("b", 3, 100))));

        Assert.Equal((3, 9_000, 0, 2), (board[SignalIds.ReplicaLag].Value, board[SignalIds.ReplicaBytesBehind].Value,
            board[SignalIds.ReplicasMissing].Value, board[SignalIds.ReplicasPresent].Value));
    }

    [Fact]
    public void Vanished_replica_is_counted_as_missing_and_named()
    {
        var board = Derive(Platform.Readings(replication: Platform.Replication(Platform.Vanished("standby-1"))));

        Assert.Equal((1, 0, 1), (board[SignalIds.ReplicasMissing].Value, board[SignalIds.ReplicasPresent].Value, board[SignalIds.Replicas].Value));
        Assert.Equal((null, "standby-1: the primary does not stream to it"), (board[SignalIds.ReplicaLag].Value, board[SignalIds.ReplicaLag].Gap));
    }

    private static SignalBoard Derive(PlatformReadings readings) => SignalDerivation.Derive(readings, PlatformFacts.Reference, Platform.Now);
}
