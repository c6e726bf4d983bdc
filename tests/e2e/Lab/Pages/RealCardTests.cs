using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>Card 1 against a real cluster.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class RealCardTests : IAsyncLifetime
{
    private const string Path = "/cards/degraded-websockets";
    private const string Reads = "cockpit-test-reads";

    public async Task InitializeAsync()
    {
        await RealServers.ResetAsync();
        await ForbidAsync();
        await Lab.DoAsync("fault", "degraded-websockets", "on");
    }

    public Task DisposeAsync() => RealServers.ResetAsync();

    [Fact]
    public async Task Scaling_out_takes_the_real_deployment_from_four_to_eight_and_the_exit_criteria_turn_green()
    {
        await using var cockpit = await LabCockpit.StartAsync();
        await using var visitor = await ComeWithSymptomsAsync(cockpit);
        var action = await PreviewAsync(visitor);
        await Expect(action).ToContainTextAsync("server dry run accepted");
        await Expect(action.Locator(".diff .p")).ToContainTextAsync("replicas: 8");
        Assert.Equal("4 4", await Lab.WebSocketManagersAsync());
        await visitor.ScreenshotAsync("lab-card-preview");

        await CardConsole.HoldPreviewedAsync(action);

        await Expect(action.Locator(".execution")).ToHaveAttributeAsync("data-state", "Recovered", new() { Timeout = CardConsole.MinutesLong });
        Assert.Equal("8 8", await Lab.WebSocketManagersAsync());
        foreach (var criterion in (string[])["capacity-normal", "delivery-normal", "reconnects-normal"])
            await Expect(visitor.Page.Locator($"[data-condition={criterion}]")).ToHaveAttributeAsync("data-verdict", "Holds");
        await action.Locator(".execution summary", new() { HasText = "4 → 8" }).ClickAsync();
        await Expect(action.Locator(".execution ol")).ToContainTextAsync("Effect seen: 8 of 8 replicas are ready");
        await visitor.ScreenshotAsync("lab-card-recovered");
    }

    [Fact]
    public async Task Low_risk_waits_five_seconds_in_which_it_is_cancelled_and_nothing_reaches_the_cluster()
    {
        await using var cockpit = await LabCockpit.StartAsync();
        await using var visitor = await ComeWithSymptomsAsync(cockpit);
        var console = new CardConsole(visitor);
        async Task PressAsync() => await (await console.PreviewAsync("enable-compression")).GetByRole(AriaRole.Button, new() { Name = "Enable compression" }).ClickAsync();

        await PressAsync();
        await Expect(console.Execution("enable-compression").GetByRole(AriaRole.Button, new() { Name = "Cancel it" })).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("lab-card-cancellable");
        await console.Execution("enable-compression").GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();
        await console.ReachesAsync("enable-compression", "Cancelled");
        await PressAsync();
        Assert.Equal("false", await Lab.SettingAsync("websocket-config", "compression_enabled"));

        await console.ReachesAsync("enable-compression", "EffectSeen");
        Assert.Equal("true", await Lab.SettingAsync("websocket-config", "compression_enabled"));
    }

    [Fact]
    public async Task Account_that_may_only_look_shows_how_the_server_refuses_the_dry_run()
    {
        await Lab.KubectlAsync("create", "role", Reads, "-n", "bondx", "--verb=get,list,watch",
            "--resource=pods,services,configmaps,deployments.apps,replicasets.apps,horizontalpodautoscalers.autoscaling");
        await Lab.KubectlAsync("create", "rolebinding", Reads, "-n", "bondx", $"--role={Reads}", "--user=cockpit-viewer");
        try
        {
            await using var cockpit = await LabCockpit.StartAsAsync(LabSetting.Get("COCKPIT_LAB_KUBECONFIG_VIEWER"));
            await using var visitor = await ComeWithSymptomsAsync(cockpit);

            var action = await PreviewAsync(visitor);

            await Expect(action.Locator(".no")).ToContainTextAsync("The server refuses");
            await Expect(action).ToContainTextAsync("server dry run refused");
            await Expect(action.Locator("button.primary")).ToHaveCountAsync(0);
            await visitor.ScreenshotAsync("lab-card-rbac");
            Assert.Equal("4 4", await Lab.WebSocketManagersAsync());
        }
        finally
        {
            await ForbidAsync();
        }
    }

    [Fact]
    public async Task Autoscaler_on_the_deployment_is_named_forbids_the_scale_and_has_its_minimum_raised_instead()
    {
        await Lab.KubectlAsync("autoscale", "deployment", "websocket-manager", "-n", "bondx", "--min=4", "--max=10", "--cpu-percent=80");
        await using var cockpit = await LabCockpit.StartAsync();
        await using var visitor = await ComeWithSymptomsAsync(cockpit);

        var action = await PreviewAsync(visitor);

        await Expect(action.Locator(".no")).ToContainTextAsync("The autoscaler websocket-manager keeps 4 to 10 replicas and would undo this.");
        await Expect(action.Locator("button.primary")).ToHaveCountAsync(0);
        await visitor.ScreenshotAsync("lab-card-autoscaler");

        await action.GetByRole(AriaRole.Button, new() { Name = "Raise the autoscaler's minimum instead" }).ClickAsync();
        await Expect(action).ToContainTextAsync("server dry run accepted");
        await CardConsole.HoldPreviewedAsync(action);

        await new CardConsole(visitor).ReachesAsync("scale-out", "EffectSeen");
        Assert.Equal("8 10", await Lab.KubectlAsync("get", "hpa", "websocket-manager", "-n", "bondx", "-o", "jsonpath={.spec.minReplicas} {.spec.maxReplicas}"));
        Assert.Equal("4 4", await Lab.WebSocketManagersAsync());
    }

    [Fact]
    public async Task Storage_that_is_down_leaves_dashboards_live_and_refuses_the_action_with_the_reason()
    {
        await using var cockpit = await LabCockpit.StartAsync();
        await using var visitor = await ComeWithSymptomsAsync(cockpit);
        await using var watcher = await cockpit.ComeAsync("/");
        var action = await PreviewAsync(visitor);
        await Expect(action.Locator("button.hold")).ToBeVisibleAsync();
        await Lab.DoAsync("kill", "postgres-storage");
        try
        {
            await CardConsole.HoldPreviewedAsync(action);

            await Expect(action.Locator(".refusal")).ToContainTextAsync("Nothing was done: the cockpit cannot record it");
            Assert.Equal("4 4", await Lab.WebSocketManagersAsync());
            await Expect(watcher.Page.Locator(".storage")).ToContainTextAsync("no action can run", new() { Timeout = 60_000 });
            var number = await watcher.Page.Locator("#overall").GetAttributeAsync("data-snapshot");
            await Expect(watcher.Page.Locator("#overall")).Not.ToHaveAttributeAsync("data-snapshot", number!);
            await visitor.ScreenshotAsync("lab-card-storage-down");
            await watcher.ScreenshotAsync("lab-storage-down");
        }
        finally
        {
            await Lab.RepairAsync();
        }

        await Expect(watcher.Page.Locator(".storage")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
    }

    private static Task<string> ForbidAsync() =>
        Lab.KubectlAsync("delete", $"rolebinding/{Reads}", $"role/{Reads}", "-n", "bondx", "--ignore-not-found");

    private static async Task<Visitor> ComeWithSymptomsAsync(LabCockpit cockpit)
    {
        var visitor = await cockpit.ComeAsync(Path);
        await new CardConsole(visitor).SymptomsAsync("capacity");
        return visitor;
    }

    private static Task<ILocator> PreviewAsync(Visitor visitor) => new CardConsole(visitor).PreviewAsync("scale-out");
}
