using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Estate;

namespace Cockpit.Tests.Executing;

/// <summary>Each of the five cards from the injected fault to its measured exit criteria, by its own actions, on the simulated estate.</summary>
public sealed class FiveCardsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(14);

    [Fact]
    public async Task Card_1_scaling_out_and_compression_bring_websockets_back()
    {
        await using var desk = await SeenAsync(EstateFault.DegradedWebSockets, "degraded-websockets");

        var compression = await desk.RunAsync("degraded-websockets", "enable-compression");
        var scale = await desk.RunAsync("degraded-websockets", "scale-out");

        await RecoversAsync(desk, "degraded-websockets", scale, compression);
        Assert.Equal("true", desk.Estate(estate => estate.Cluster.FindConfigMap("bondx", "websocket-config")!.Data["compression_enabled"]));
    }

    [Fact]
    public async Task Card_1_is_scaled_back_when_the_wave_is_over()
    {
        await using var desk = await SeenAsync(EstateFault.DegradedWebSockets, "degraded-websockets");
        await RecoversAsync(desk, "degraded-websockets", await desk.RunAsync("degraded-websockets", "scale-out"));
        desk.Estate(estate => estate.Clear(EstateFault.DegradedWebSockets));
        await desk.UntilAsync(() => desk.Estate(estate => estate.WebSockets.Connections) < 8_000, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));

        var back = await desk.RunAsync("degraded-websockets", "scale-down");

        await desk.UntilAsync(() => desk.StateOf(back) >= ExecutionState.EffectSeen, Limit);
        Assert.Equal(4, desk.Estate(estate => estate.Cluster.Find("bondx", "websocket-manager")!.ReadyReplicas));
    }

    [Fact]
    public async Task Card_2_failover_and_restarts_bring_redis_back()
    {
        await using var desk = await EmbeddedDesk.OpenAsync(EstateFault.RedisFailover);
        await desk.UntilAsync(() => desk.Estate(estate => estate.Redis.Read().Nodes[0].Failure is not null), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));

        var preview = await desk.PreviewAsync("redis-failover", "failover");
        var failover = await desk.RunAsync("redis-failover", "failover");

        Assert.Equal((ActionRisk.High, false, null), (preview.Risk, preview.DryRun.Offered, preview.DryRun.Accepted));
        Assert.Contains(preview.Guards, guard => guard.Reason.StartsWith("It cannot be measured: the master does not answer.", StringComparison.Ordinal));
        await desk.UntilAsync(() => desk.StateOf(failover) >= ExecutionState.EffectSeen, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
        desk.Estate(estate => estate.Clear(EstateFault.RedisFailover));
        var orders = await desk.RunAsync("redis-failover", "restart-order-manager");
        var risk = await desk.RunAsync("redis-failover", "restart-risk-engine");
        await RecoversAsync(desk, "redis-failover", failover, orders, risk);
    }

    [Fact]
    public async Task Card_3_reads_on_the_primary_let_the_replica_catch_up()
    {
        await using var desk = await SeenAsync(EstateFault.ReplicaLag, "replica-lag");

        var reads = await desk.RunAsync("replica-lag", "reads-to-primary");
        var engine = await desk.RunAsync("replica-lag", "risk-engine-to-primary");

        await RecoversAsync(desk, "replica-lag", reads, engine);
        Assert.Equal(engine.Id, desk.Estate(estate => estate.Cluster.Find("bondx", "risk-engine")!.Template.Mark));
    }

    [Fact]
    public async Task Card_4_the_backup_provider_delivers_and_people_are_told()
    {
        await using var desk = await SeenAsync(EstateFault.DataProviderOutage, "data-provider-outage");

        var told = await desk.RunAsync("data-provider-outage", "notify-stakeholders");
        var backup = await desk.RunAsync("data-provider-outage", "switch-to-backup");

        await RecoversAsync(desk, "data-provider-outage", backup, told);
        Assert.Equal(["trading-desk", "risk-engineer"], Assert.Single(desk.Notices.Sent).To.AsEnumerable());
    }

    [Fact]
    public async Task Card_5_thresholds_limit_and_engines_weather_the_storm()
    {
        await using var desk = await SeenAsync(EstateFault.RiskAlertsStorm, "risk-alerts-storm");

        var limit = await desk.RunAsync("risk-alerts-storm", "limit-rate");
        await desk.UntilAsync(() => desk.StateOf(limit) == ExecutionState.EffectSeen, TimeSpan.FromMinutes(1));
        var thresholds = await desk.RunAsync("risk-alerts-storm", "raise-thresholds");
        var scale = await desk.RunAsync("risk-alerts-storm", "scale-out");
        await desk.UntilAsync(() => desk.StateOf(scale) == ExecutionState.EffectSeen, Limit);

        // The limit alone must not close the card: the storm has to end.
        Assert.DoesNotContain(desk.Book.Recent, execution => execution.State == ExecutionState.Recovered);
        desk.Estate(estate => estate.Clear(EstateFault.RiskAlertsStorm));
        await RecoversAsync(desk, "risk-alerts-storm", limit, thresholds, scale);
    }

    private static async Task<EmbeddedDesk> SeenAsync(EstateFault fault, string card)
    {
        var desk = await EmbeddedDesk.OpenAsync(fault);
        await desk.UntilAsync(() => desk.Card(card).Matching > 0, TimeSpan.FromMinutes(30));
        return desk;
    }

    private static async Task RecoversAsync(EmbeddedDesk desk, string card, params Execution[] executions)
    {
        await desk.UntilAsync(() => executions.All(execution => !desk.Book.Find(execution.Id)!.IsOpen), TimeSpan.FromMinutes(21));
        Assert.True(desk.Card(card).MeasuredCriteriaHold);
        Assert.All(executions, execution => Assert.Equal(ExecutionState.Recovered, desk.StateOf(execution)));
    }
}
