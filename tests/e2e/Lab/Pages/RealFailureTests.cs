using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>Cards 2 to 5, each from the fault in real servers to its green exit criteria, worked through on the screen.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class RealFailureTests : IAsyncLifetime
{
    private readonly CatalogCopy _catalog = CatalogCopy.InAHurry();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _catalog.Dispose();
        await RealServers.ResetAsync();
    }

    [Fact]
    public async Task Card_2_moves_the_master_away_from_a_slow_node_and_restarts_who_clings_to_it()
    {
        await using var cockpit = await LabCockpit.StartAsync(_catalog.Setting);
        await using var visitor = await cockpit.ComeAsync("/cards/redis-failover");
        var console = new CardConsole(visitor);
        var before = await Lab.DoAsync("redis-master");
        await Expect(visitor.Page.Locator("[data-condition=degradation]")).ToHaveAttributeAsync("data-verdict", "DoesNotHold", new() { Timeout = CardConsole.MinutesLong });
        await using (await SlowMaster.BeginAsync())
        {
            await console.AnswerAsync("connection-errors", "Yes");
            await console.SymptomsAsync("connection-errors", "latency");
            await console.TypeAsync("failover", "mymaster", "every operation takes a sixth of a second");
            await Expect(console.Execution("failover")).ToHaveAttributeAsync("data-state", "AwaitingApproval");
            await Expect(console.Execution("failover")).ToContainTextAsync("You asked for this: another person must approve it.");
            Assert.Equal(before, await Lab.DoAsync("redis-master"));
            await visitor.ScreenshotAsync("lab-card-2-waits");

            await CardConsole.ApproveAsync(cockpit, "lab-card-2-approval");

            await console.ReachesAsync("failover", "EffectSeen|Recovered");
        }

        Assert.NotEqual(before, await Lab.DoAsync("redis-master"));
        await console.Action("validate-master").GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Expect(console.Action("validate-master").Locator("[data-check]")).ToContainTextAsync(await Lab.DoAsync("redis-master"));
        await console.SymptomsAsync("degradation");
        var templates = (await TemplateAsync("order-manager"), await TemplateAsync("risk-engine"));
        await console.HoldAsync("restart-order-manager");
        await console.HoldAsync("restart-risk-engine");

        await console.CriteriaAsync("master-agreed", "replicas-linked", "services-reconnected", "latency-normal");
        await console.RecoversAsync("failover", "restart-order-manager", "restart-risk-engine");
        Assert.NotEqual(templates.Item1, await TemplateAsync("order-manager"));
        Assert.NotEqual(templates.Item2, await TemplateAsync("risk-engine"));
        await visitor.ScreenshotAsync("lab-card-2-recovered");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Card_3_takes_readers_off_a_replica_that_does_not_replay()
    {
        await using var cockpit = await LabCockpit.StartAsync(_catalog.Setting);
        await using var visitor = await cockpit.ComeAsync("/cards/replica-lag");
        var console = new CardConsole(visitor);
        await Lab.DoAsync("fault", "replica-lag", "on");
        await Lab.DoAsync("replica", "pause");
        await Lab.DoAsync("write-primary", "64");
        await console.SymptomsAsync("read-latency", "lag", "stale-risk");

        await console.Action("check-replica").GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Expect(console.Action("check-replica").Locator("[data-check]")).ToContainTextAsync("Replay is paused");
        await console.TypeAsync("reads-to-primary", "bondx/database-config", "risk must not work on old data");
        await console.ReachesAsync("reads-to-primary", "EffectSeen");
        Assert.Equal("false", await Lab.SettingAsync("database-config", "read_from_replica"));
        await console.TypeAsync("risk-engine-to-primary", "bondx/risk-engine", "risk must not work on old data");
        await console.CriteriaAsync("read-latency-normal", "risk-fresh");
        await visitor.ScreenshotAsync("lab-card-3-relieved");
        Assert.Equal("false", await Lab.KubectlAsync(
            "get", "deployment", "risk-engine", "-n", "bondx", "-o", "jsonpath={.spec.template.spec.containers[0].env[?(@.name==\"DB_READ_REPLICA\")].value}"));

        // What holds replay back is for the database engineer: the check has named it.
        await Lab.DoAsync("replica", "resume");

        await console.CriteriaAsync("lag-normal", "all-there");
        await console.RecoversAsync("reads-to-primary", "risk-engine-to-primary");
        await visitor.ScreenshotAsync("lab-card-3-recovered");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Card_4_tells_people_once_and_switches_to_the_backup_provider()
    {
        await using var receiver = await NoticeReceiver.StartAsync();
        await using var cockpit = await LabCockpit.StartAsync([.. _catalog.Setting, .. receiver.Setting]);
        await using var visitor = await cockpit.ComeAsync("/cards/data-provider-outage");
        var console = new CardConsole(visitor);
        await Lab.DoAsync("fault", "data-provider-outage", "on", "295");
        await console.SymptomsAsync("stale");

        receiver.IsBroken = true;
        await TellAsync(console);
        await Expect(console.Execution("notify-stakeholders")).ToHaveAttributeAsync("data-state", "Cancellable");
        await visitor.ScreenshotAsync("lab-card-4-cancellable");
        await console.ReachesAsync("notify-stakeholders", "Unknown");
        await visitor.ScreenshotAsync("lab-card-4-unknown");
        Assert.Equal(1, Told(receiver));
        receiver.IsBroken = false;
        await console.Execution("notify-stakeholders").GetByLabel("How you know").FillAsync("the desk has heard nothing");
        await console.Execution("notify-stakeholders").GetByRole(AriaRole.Button, new() { Name = "It was not done" }).ClickAsync();
        await console.ReachesAsync("notify-stakeholders", "Refused");

        await TellAsync(console);
        await console.ReachesAsync("notify-stakeholders", "EffectSeen");
        Assert.Equal(2, Told(receiver));
        await console.TypeAsync("switch-to-backup", "bondx/data-provider-config", "the primary has been silent for five minutes");

        await console.CriteriaAsync("fresh");
        await console.RecoversAsync("notify-stakeholders", "switch-to-backup");
        Assert.Equal(("backup", "true"), (await Lab.SettingAsync("data-provider-config", "primary_provider"), await Lab.SettingAsync("data-provider-config", "fallback_mode")));
        await visitor.ScreenshotAsync("lab-card-4-recovered");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Card_5_tames_the_storm_until_its_cause_is_gone()
    {
        await using var cockpit = await LabCockpit.StartAsync(_catalog.Setting);
        await using var visitor = await cockpit.ComeAsync("/cards/risk-alerts-storm");
        var console = new CardConsole(visitor);
        await Lab.DoAsync("fault", "risk-alerts-storm", "on");
        await console.SymptomsAsync("volume", "slow");

        await console.TypeAsync("limit-rate", "bondx/risk-config", "nobody can read nine hundred a minute");
        await console.ReachesAsync("limit-rate", "EffectSeen");
        Assert.Equal("100", await Lab.SettingAsync("risk-config", "max_alerts_per_minute"));
        await console.TypeAsync("raise-thresholds", "bondx/risk-config", "only the large breaches matter now");
        await console.ReachesAsync("raise-thresholds", "EffectSeen");
        Assert.Equal("2.0", await Lab.SettingAsync("risk-config", "alert_threshold_multiplier"));
        await console.HoldAsync("scale-out");
        await console.ReachesAsync("scale-out", "EffectSeen");
        Assert.Equal("4 4", await Lab.ReplicasAsync("bondx", "risk-engine"));
        await visitor.ScreenshotAsync("lab-card-5-tamed");

        // The limit alone must not close the card: the storm has to end.
        await Lab.DoAsync("fault", "risk-alerts-storm", "off");

        await console.CriteriaAsync("volume-normal", "fast-again");
        await console.RecoversAsync("limit-rate", "raise-thresholds", "scale-out");
        await visitor.ScreenshotAsync("lab-card-5-recovered");
        Assert.Empty(visitor.Complaints);
    }

    private static int Told(NoticeReceiver receiver) => receiver.Taken.Count(message => message.Contains("The data provider is down", StringComparison.Ordinal));

    private static async Task TellAsync(CardConsole console)
    {
        var action = await console.PreviewAsync("notify-stakeholders");
        await action.GetByRole(AriaRole.Button, new() { Name = "Tell the trading desk and the risk team" }).ClickAsync();
    }

    /// <summary>What a restart changes of a real deployment.</summary>
    private static Task<string> TemplateAsync(string name) =>
        Lab.KubectlAsync("get", "deployment", name, "-n", "bondx", "-o", "jsonpath={.spec.template.metadata.annotations}");
}
