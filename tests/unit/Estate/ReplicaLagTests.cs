using Cockpit.Estate;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Databases;

namespace Cockpit.Tests.Estate;

public sealed class ReplicaLagTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void Ordinary_replica_is_caught_up()
    {
        var estate = EstateInATest.New();

        var standby = Assert.Single(estate.Replication().Standbys);

        Assert.Equal(("postgres-replica-0", "streaming", TimeSpan.Zero, false), (standby.Name, standby.State, standby.Behind, standby.ReplayPaused));
        Assert.InRange(estate.Signal("database.read.p95"), 0.01, 0.1);
        Assert.True(estate.Replication().ConnectionUse.Value < 0.8);
    }

    [Fact]
    public void Long_report_holds_replay_back_in_bytes_and_seconds()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.ReplicaLag));

        estate.Advance(FiveMinutes);

        var standby = estate.Replication().Standbys[0];
        Assert.InRange(standby.Behind!.Value, FiveMinutes - TimeSpan.FromSeconds(1), FiveMinutes + TimeSpan.FromSeconds(1));
        Assert.True(standby.BytesBehind > 100_000_000);
        Assert.Equal(FiveMinutes, standby.LongestQuery);
        Assert.True(estate.Signal("database.read.p95") > 2);
        Assert.InRange(estate.Signal("risk.data.age"), 295, 301);
    }

    [Fact]
    public void Reads_moved_to_the_primary_let_the_replica_catch_up()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.ReplicaLag));
        estate.Advance(FiveMinutes);

        ReadFromReplica(estate, "false");
        estate.Advance(TimeSpan.FromSeconds(5));
        Assert.True(estate.Signal("risk.data.age") < 1);
        var recovered = estate.Until(FiveMinutes, now =>
            now.Replication().Standbys[0].Behind < TimeSpan.FromSeconds(1) && now.Signal("database.read.p95") < 0.1);

        Assert.NotNull(recovered);
        Assert.InRange(recovered.Value, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Reads_moved_to_the_primary_take_its_connections()
    {
        var estate = EstateInATest.New();
        var before = estate.Replication().ConnectionsUsed;

        ReadFromReplica(estate, "false");
        estate.Advance(TimeSpan.FromMinutes(1));

        Assert.True(estate.Replication().ConnectionsUsed > before + 30);
    }

    [Fact]
    public void Risk_engine_sent_to_the_primary_calculates_on_fresh_data_once_its_pods_are_new()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.ReplicaLag));
        estate.Advance(FiveMinutes);

        estate.With(inside => inside.Cluster.SetEnvironment(EstateCluster.Bondx, "risk-engine", "DB_READ_REPLICA", "false", null, dryRun: false));
        estate.Advance(TimeSpan.FromSeconds(5));
        Assert.True(estate.Signal("risk.data.age") > 200);
        estate.Advance(FiveMinutes);

        Assert.True(estate.Signal("risk.data.age") < 1);
        Assert.True(estate.Replication().Standbys[0].Behind > FiveMinutes);
    }

    [Fact]
    public void Terminated_report_lets_the_replica_catch_up()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.ReplicaLag));
        estate.Advance(FiveMinutes);

        Assert.True(estate.With(inside => inside.Postgres.TerminateLongestQuery()));
        var recovered = estate.Until(FiveMinutes, now => now.Replication().Standbys[0].Behind < TimeSpan.FromSeconds(1));

        Assert.NotNull(recovered);
        Assert.True(recovered > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Paused_replay_falls_behind_until_resumed()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Postgres.PauseReplay());
        estate.Advance(TimeSpan.FromMinutes(3));
        var paused = estate.Replication().Standbys[0];
        Assert.True(paused.ReplayPaused);
        Assert.InRange(paused.Behind!.Value, TimeSpan.FromSeconds(179), TimeSpan.FromSeconds(181));

        estate.With(inside => inside.Postgres.ResumeReplay());
        estate.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.Zero, estate.Replication().Standbys[0].Behind);
    }

    [Fact]
    public void Timeline_of_days_stays_small_and_exact_to_its_marks()
    {
        var timeline = new CommitTimeline();
        for (var second = 0; second < 200_000; second++) timeline.Add(EstateInATest.Start.AddSeconds(second), second * 1_000);

        Assert.True(timeline.Count <= 4096);
        Assert.Equal(EstateInATest.Start.AddSeconds(86_400.5), timeline.WrittenAt(86_400_500));
        Assert.Equal(EstateInATest.Start.AddSeconds(150_000), timeline.WrittenAt(150_000_000));
        Assert.Null(timeline.WrittenAt(200_000_000));
        Assert.Equal(0, timeline.Count);
    }

    private static void ReadFromReplica(EstateSimulation estate, string value) =>
        estate.With(inside => inside.Cluster.PatchConfigMap(
            EstateCluster.Bondx, "database-config", new Dictionary<string, string?> { ["read_from_replica"] = value }, null, dryRun: false));
}
