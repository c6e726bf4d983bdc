using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;

namespace Cockpit.Tests.Health;

public sealed class ChangeTests
{
    private static readonly WorkloadReading Before = Platform.Managers(4);

    [Fact]
    public void Same_platform_has_not_changed() => Assert.Empty(Between(Platform.Readings(), Platform.Readings()));

    [Fact]
    public void Scaling_is_a_change_and_so_are_its_ready_replicas()
    {
        AssertChange("was scaled from 4 to 8", Before with { Replicas = 8, Generation = 8 });
        Assert.Equal(
            [new Change(Platform.Now, "websocket-manager", "has all 8 replicas ready")],
            Between(Of(Before with { Replicas = 8, ReadyReplicas = 6 }), Of(Before with { Replicas = 8, ReadyReplicas = 8 })));
    }

    [Fact]
    public void New_image_is_a_change_and_hides_its_revision() =>
        AssertChange("runs ws:1.5, before ws:1.4", Before with { Image = "ws:1.5", Revision = 4 });

    [Fact]
    public void New_revision_is_a_change() => AssertChange("rolled out revision 4", Before with { Revision = 4 });

    [Fact]
    public void Deployment_made_again_is_a_change() => AssertChange("was deleted and created again", Before with { Uid = "uid-2" });

    [Fact]
    public void Moved_master_is_a_change() => Assert.Equal(
        [new Change(Platform.Now, "Redis", "master moved from redis-0:6379 to redis-1:6379")],
        Between(Platform.Readings(), Platform.Readings(redis: Platform.Redis() with { Master = "redis-1:6379" })));

    [Fact]
    public void Symptom_that_began_or_ended_is_a_change_with_its_figure()
    {
        var (well, ill) = (WebSocketCard.Seen(0.5, 0.05, Platform.Now), WebSocketCard.Seen(0.91, 0.05, Platform.Now));

        Assert.Equal(
            [new Change(Platform.Now, "Degraded WebSockets", "“Connections above 80 % of capacity” began, at 91\u202F%")],
            Change.Between(Platform.Readings(), Platform.Readings(), [well], [ill], Platform.Now));
        Assert.Equal(
            [new Change(Platform.Now, "Degraded WebSockets", "“Connections above 80 % of capacity” ended, at 50\u202F%")],
            Change.Between(Platform.Readings(), Platform.Readings(), [ill], [well], Platform.Now));
    }

    [Fact]
    public void Symptom_that_cannot_be_told_neither_began_nor_ended()
    {
        var (blind, ill) = (WebSocketCard.Seen(null, 0.05, Platform.Now), WebSocketCard.Seen(0.91, 0.05, Platform.Now));

        Assert.Empty(Change.Between(Platform.Readings(), Platform.Readings(), [ill], [blind], Platform.Now));
        Assert.Empty(Change.Between(Platform.Readings(), Platform.Readings(), [blind], [ill], Platform.Now));
    }

    [Fact]
    public void Exit_criteria_are_no_changes()
    {
        var (above, below) = (WebSocketCard.Seen(0.75, 0.05, Platform.Now), WebSocketCard.Seen(0.65, 0.05, Platform.Now));

        Assert.Empty(Change.Between(Platform.Readings(), Platform.Readings(), [above], [below], Platform.Now));
    }

    private static PlatformReadings Of(WorkloadReading workload) => Platform.Readings(cluster: Platform.Cluster(workload));

    private static IEnumerable<Change> Between(PlatformReadings before, PlatformReadings after) =>
        Change.Between(before, after, [], [], Platform.Now);

    private static void AssertChange(string what, WorkloadReading after) =>
        Assert.Equal([new Change(Platform.Now, "websocket-manager", what)], Between(Of(Before), Of(after)));
}
