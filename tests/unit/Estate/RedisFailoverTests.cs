using Cockpit.Estate;
using Cockpit.Estate.Cluster;

namespace Cockpit.Tests.Estate;

public sealed class RedisFailoverTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Ordinary_group_replicates_and_answers_fast()
    {
        var estate = EstateInATest.New();

        var reading = estate.Redis();

        Assert.Equal(("mymaster", "redis-master-0:6379", 3, 3, false),
            (reading.Group, reading.Master, reading.SentinelsTotal, reading.SentinelsAgreeing, reading.FailoverInProgress));
        Assert.Equal(["master", "slave", "slave"], reading.Nodes.Select(node => node.Role));
        Assert.All(reading.Nodes.Skip(1), node => Assert.True(node.LinkUp));
        Assert.True(reading.Nodes[0].ReplicationOffset > uint.MaxValue);
        Assert.InRange(estate.Signal("redis.operation.p95"), 0.001, 0.01);
    }

    [Fact]
    public void Dead_master_is_replaced_by_a_caught_up_replica_within_seconds()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.RedisFailover));

        var noticed = estate.Until(Minute, now => now.Redis().FailoverInProgress);
        Assert.NotNull(noticed);
        Assert.Equal("redis-master-0:6379", estate.Redis().Master);
        Assert.All(estate.Redis().Nodes.Skip(1), node => Assert.False(node.LinkUp));

        var moved = estate.Until(Minute, now => now.Redis().Master != "redis-master-0:6379");
        Assert.NotNull(moved);
        Assert.True(noticed + moved < TimeSpan.FromSeconds(20));
        var reading = estate.Redis();
        Assert.Equal("master", reading.Nodes.Single(node => node.Endpoint == reading.Master).Role);
        Assert.NotNull(reading.Nodes.Single(node => node.Endpoint == "redis-master-0:6379").Failure);

        var copied = estate.Until(Minute, now => now.Redis().Nodes.Count(node => node.LinkUp == true) == 1);
        Assert.NotNull(copied);
    }

    [Fact]
    public void Dead_master_shows_in_latency_and_errors_of_its_users()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.RedisFailover));

        estate.Advance(TimeSpan.FromSeconds(30));

        Assert.True(estate.Signal("redis.operation.p95") > 0.1);
        Assert.True(estate.Signal("service.errors", "order-manager") > 0.05);
    }

    [Fact]
    public void Services_that_cached_the_old_address_fail_until_restarted()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.RedisFailover));
        estate.Until(Minute, now => now.Redis().Master != "redis-master-0:6379");
        estate.Advance(TimeSpan.FromSeconds(90));
        Assert.True(estate.Signal("service.errors", "risk-engine") > 0.1);
        Assert.True(estate.Signal("service.errors", "user") < 0.05);

        foreach (var name in new[] { "order-manager", "risk-engine" })
            estate.With(inside => inside.Cluster.RestartRollout(EstateCluster.Bondx, name, "drill", null, dryRun: false));
        var recovered = estate.Until(TimeSpan.FromMinutes(6), now =>
            now.Signal("service.errors", "risk-engine") < 0.005
            && now.Signal("service.errors", "order-manager") < 0.005
            && now.Signal("redis.operation.p95") < 0.01);

        Assert.NotNull(recovered);
    }

    [Fact]
    public void Returning_master_becomes_a_replica_of_the_new_one()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.RedisFailover));
        estate.Advance(Minute);
        var master = estate.Redis().Master;

        estate.With(inside => inside.Clear(EstateFault.RedisFailover));
        estate.Advance(TimeSpan.FromSeconds(1));
        var old = estate.Redis().Nodes[0];
        Assert.Equal(("slave", false), (old.Role, old.LinkUp));
        estate.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(master, estate.Redis().Master);
        Assert.Equal(("slave", true), (estate.Redis().Nodes[0].Role, estate.Redis().Nodes[0].LinkUp));
    }

    [Fact]
    public void Forced_failover_moves_a_living_master()
    {
        var estate = EstateInATest.New();

        Assert.True(estate.With(inside => inside.Redis.ForceFailover()));
        Assert.False(estate.With(inside => inside.Redis.ForceFailover()));
        estate.Advance(TimeSpan.FromSeconds(20));

        Assert.NotEqual("redis-master-0:6379", estate.Redis().Master);
        Assert.Equal(2, estate.Redis().Nodes.Count(node => node.LinkUp == true));
        Assert.False(estate.Redis().FailoverInProgress);
    }
}
