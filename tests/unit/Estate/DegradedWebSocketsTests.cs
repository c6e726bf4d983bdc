using Cockpit.Estate;
using Cockpit.Estate.Cluster;

namespace Cockpit.Tests.Estate;

public sealed class DegradedWebSocketsTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(14)]
    [InlineData(21)]
    public void Ordinary_day_meets_the_exit_criteria(int hour)
    {
        var estate = new EstateSimulation(7, EstateInATest.Start.AddHours(hour - 10));
        estate.Advance(FiveMinutes);

        Assert.True(ExitCriteriaHold(estate), Describe(estate));
    }

    [Fact]
    public void Wave_of_clients_shows_every_symptom()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.DegradedWebSockets));

        var took = estate.Until(FiveMinutes, SymptomsShow);

        Assert.True(took is not null, Describe(estate));
        estate.Advance(FiveMinutes);
        Assert.InRange(estate.WebSocketUse(), 0.89, 0.93);
        Assert.InRange(estate.Signal("websocket.delivery.p95"), 0.165, 0.2);
        Assert.InRange(estate.Signal("websocket.reconnect.success"), 0.98, 0.988);
    }

    [Fact]
    public void Wave_of_clients_without_an_action_stays()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.DegradedWebSockets));

        estate.Advance(TimeSpan.FromMinutes(30));

        Assert.True(SymptomsShow(estate), Describe(estate));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(7UL)]
    [InlineData(99UL)]
    public void Doubled_managers_turn_the_exit_criteria_true_within_minutes(ulong seed)
    {
        var estate = EstateInATest.New(seed);
        estate.With(inside => inside.Inject(EstateFault.DegradedWebSockets));
        estate.Advance(FiveMinutes);

        estate.With(inside => inside.Cluster.Scale(EstateCluster.Bondx, "websocket-manager", 8, null, dryRun: false));
        var took = estate.Until(FiveMinutes, ExitCriteriaHold);

        Assert.True(took is not null, Describe(estate));
        Assert.InRange(took.Value, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3));
        estate.Advance(FiveMinutes);
        Assert.True(ExitCriteriaHold(estate), Describe(estate));
        var perPod = estate.With(inside => inside.WebSockets.Managers.Select(manager => manager.Connections / 3125).ToArray());
        Assert.All(perPod, load => Assert.InRange(load, 0.4, 0.52));
    }

    [Fact]
    public void Compression_lowers_delivery_latency_and_leaves_connections_alone()
    {
        var estate = EstateInATest.New();
        estate.With(inside => inside.Inject(EstateFault.DegradedWebSockets));
        estate.Advance(FiveMinutes);
        var before = estate.Signal("websocket.delivery.p95");

        estate.With(inside => inside.Cluster.PatchConfigMap(
            EstateCluster.Bondx, "websocket-config", new Dictionary<string, string?> { ["compression_enabled"] = "true" }, null, dryRun: false));
        estate.Advance(TimeSpan.FromMinutes(2));

        Assert.InRange(estate.Signal("websocket.delivery.p95") / before, 0.65, 0.8);
        Assert.InRange(estate.WebSocketUse(), 0.89, 0.93);
    }

    [Fact]
    public void Lost_manager_sends_its_clients_to_the_others()
    {
        var estate = EstateInATest.New();
        var before = estate.Signal("websocket.connections");
        var pod = estate.With(inside => inside.WebSockets.Managers[0].Pod);

        estate.With(inside => inside.Cluster.DeletePod(EstateCluster.Bondx, pod));
        estate.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(estate.Signal("websocket.connections") / before, 0.7, 0.9);
        estate.Advance(TimeSpan.FromSeconds(18));
        Assert.InRange(estate.Signal("websocket.connections") / before, 0.97, 1.03);
    }

    private static bool SymptomsShow(EstateSimulation estate) =>
        estate.WebSocketUse() > 0.8
        && estate.Signal("websocket.delivery.p95") > 0.15
        && estate.Signal("websocket.reconnect.success") < 0.99;

    private static bool ExitCriteriaHold(EstateSimulation estate) =>
        estate.WebSocketUse() < 0.7
        && estate.Signal("websocket.delivery.p95") < 0.1
        && estate.Signal("websocket.reconnect.success") > 0.995;

    private static string Describe(EstateSimulation estate) =>
        $"use {estate.WebSocketUse():P1}, p95 {estate.Signal("websocket.delivery.p95"):F3} s, reconnects {estate.Signal("websocket.reconnect.success"):P2}";
}
