using Cockpit.Domain.Health;
using Cockpit.Estate;
using Cockpit.Estate.Cluster;

namespace Cockpit.Tests.Estate;

public sealed class EstateClusterTests
{
    private const string Manager = "websocket-manager";

    [Fact]
    public void Dry_run_shows_the_count_and_changes_nothing()
    {
        var estate = EstateInATest.New();
        var before = Read(estate);

        var dryRun = Scale(estate, 8, before.ResourceVersion, dryRun: true);

        Assert.Equal(new ClusterOutcome<WorkloadReading>.Done(
            before.Value with { Replicas = 8, Generation = before.Value.Generation + 1 }, before.ResourceVersion), dryRun);
        Assert.Equal(before, Read(estate));
    }

    [Fact]
    public void Scale_with_an_old_resource_version_is_a_conflict()
    {
        var estate = EstateInATest.New();
        var before = Read(estate);
        Scale(estate, 5, before.ResourceVersion, dryRun: false);

        var late = Scale(estate, 8, before.ResourceVersion, dryRun: false);

        Assert.IsType<ClusterOutcome<WorkloadReading>.Conflict>(late);
        Assert.Equal(5, Read(estate).Value.Replicas);
    }

    [Fact]
    public void Scale_of_nothing_is_not_found_and_below_zero_invalid()
    {
        var estate = EstateInATest.New();

        Assert.IsType<ClusterOutcome<WorkloadReading>.NotFound>(
            estate.With(inside => inside.Cluster.Scale("default", Manager, 8, null, dryRun: false)));
        Assert.IsType<ClusterOutcome<WorkloadReading>.Invalid>(Scale(estate, -1, null, dryRun: false));
    }

    [Fact]
    public void Status_lags_the_spec_and_pods_take_their_time()
    {
        var estate = EstateInATest.New();
        Scale(estate, 8, null, dryRun: false);
        Assert.Equal((2L, 1L, 8, 4), Counts(estate));

        estate.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal((2L, 2L, 8, 4), Counts(estate));

        var first = estate.Until(TimeSpan.FromMinutes(2), now => Read(now).Value.ReadyReplicas > 4);
        var last = estate.Until(TimeSpan.FromMinutes(2), now => Read(now).Value.ReadyReplicas == 8);
        Assert.True(first > TimeSpan.FromSeconds(15), $"{first}");
        Assert.True(first + last < TimeSpan.FromSeconds(65), $"{first + last}");
    }

    [Fact]
    public void Scaled_down_deployment_keeps_its_oldest_pods()
    {
        var estate = EstateInATest.New();
        var before = Pods(estate);

        Scale(estate, 2, null, dryRun: false);
        estate.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(before.Take(2), Pods(estate));
    }

    [Fact]
    public void Restarted_rollout_replaces_every_pod_and_never_lacks_one()
    {
        var estate = EstateInATest.New();
        var before = Pods(estate);

        estate.With(inside => inside.Cluster.RestartRollout(EstateCluster.Bondx, Manager, "execution-1", null, dryRun: false));
        var fewest = 4;
        var done = estate.Until(TimeSpan.FromMinutes(10), now =>
        {
            fewest = Math.Min(fewest, Read(now).Value.ReadyReplicas);
            return !Pods(now).Intersect(before).Any() && Pods(now).Length == 4;
        });

        Assert.NotNull(done);
        Assert.Equal(4, fewest);
        Assert.Equal(2, Read(estate).Value.Revision);
        Assert.Equal("execution-1", estate.With(inside => inside.Cluster.Find(EstateCluster.Bondx, Manager)!.Template.Mark));
    }

    [Fact]
    public void Undone_rollout_brings_the_earlier_image_back_as_a_new_revision()
    {
        var estate = EstateInATest.New();
        var image = Read(estate).Value.Image;
        estate.With(inside => inside.Cluster.SetImage(EstateCluster.Bondx, Manager, "bondx/websocket-manager:broken", null, dryRun: false));

        estate.With(inside => inside.Cluster.UndoRollout(EstateCluster.Bondx, Manager, null, null, dryRun: false));

        Assert.Equal((image, 3), (Read(estate).Value.Image, Read(estate).Value.Revision));
    }

    [Fact]
    public void Autoscaler_undoes_what_is_outside_its_bounds()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Cluster.SetAutoscaler(EstateCluster.Bondx, Manager, new Autoscaler(Manager, 3, 6)));

        Scale(estate, 8, null, dryRun: false);
        estate.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(6, Read(estate).Value.Replicas);
        Assert.Equal(new Autoscaler(Manager, 3, 6), Read(estate).Value.Autoscaler);
    }

    [Fact]
    public void Config_map_takes_merged_entries_and_refuses_an_old_version()
    {
        var estate = EstateInATest.New();
        var before = estate.With(inside => inside.Cluster.FindConfigMap(EstateCluster.Bondx, "websocket-config"))!;
        var entries = new Dictionary<string, string?> { ["compression_enabled"] = "true" };

        estate.With(inside => inside.Cluster.PatchConfigMap(before.Namespace, before.Name, entries, before.ResourceVersion, dryRun: false));
        var late = estate.With(inside => inside.Cluster.PatchConfigMap(before.Namespace, before.Name, entries, before.ResourceVersion, dryRun: false));

        var after = estate.With(inside => inside.Cluster.FindConfigMap(EstateCluster.Bondx, "websocket-config"))!;
        Assert.Equal(("true", "3125"), (after.Data["compression_enabled"], after.Data["max_connections_per_pod"]));
        Assert.IsType<ClusterOutcome<EstateConfigMap>.Conflict>(late);
    }

    [Fact]
    public void Websocket_service_keeps_clients_on_their_pod()
    {
        var service = EstateInATest.New().With(inside => inside.Cluster.FindService(EstateCluster.Bondx, "websocket-service"));

        Assert.Equal("ClientIP", service?.SessionAffinity);
    }

    private static (long, long, int, int) Counts(EstateSimulation estate)
    {
        var workload = Read(estate).Value;
        return (workload.Generation, workload.ObservedGeneration, workload.Replicas, workload.ReadyReplicas);
    }

    private static string[] Pods(EstateSimulation estate) =>
        estate.With(inside => inside.Cluster.Find(EstateCluster.Bondx, Manager)!.Pods.Select(pod => pod.Name).ToArray());

    private static ClusterOutcome<WorkloadReading>.Done Read(EstateSimulation estate) =>
        Assert.IsType<ClusterOutcome<WorkloadReading>.Done>(estate.With(inside => inside.Cluster.ReadDeployment(EstateCluster.Bondx, Manager)));

    private static ClusterOutcome<WorkloadReading> Scale(EstateSimulation estate, int replicas, string? resourceVersion, bool dryRun) =>
        estate.With(inside => inside.Cluster.Scale(EstateCluster.Bondx, Manager, replicas, resourceVersion, dryRun));
}
