using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>A drain of a real deployment, step by step: stopped by a person, gone on with by a restarted process, and restored.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class RealStepTests : IAsyncLifetime
{
    private const string Target = "quantx-production/user";

    private readonly CatalogCopy _catalog = CatalogCopy.InAHurry();

    public Task InitializeAsync() => RealServers.ResetAsync();

    public async Task DisposeAsync()
    {
        _catalog.Dispose();
        await RealServers.ResetAsync();
    }

    [Fact]
    public async Task Drain_goes_down_one_at_a_time_stops_when_asked_and_the_restore_knows_where_to()
    {
        await using var cockpit = await LabCockpit.StartAsync(_catalog.Setting);
        await using var visitor = await cockpit.ComeAsync("/runbooks/planned-maintenance");
        var console = new CardConsole(visitor);
        await DrainAsync(cockpit, console);
        await Expect(console.Execution("drain").Locator("[data-steps='1']")).ToBeVisibleAsync();
        Assert.StartsWith("2 ", await Lab.ReplicasAsync("quantx-production", "user"), StringComparison.Ordinal);
        await visitor.ScreenshotAsync("lab-drain-steps");

        await console.Execution("drain").GetByRole(AriaRole.Button, new() { Name = "Stop at" }).ClickAsync();

        await console.ReachesAsync("drain", "Stopped");
        var left = (await Lab.ReplicasAsync("quantx-production", "user")).Split(' ')[0];
        Assert.Contains(left, (string[])["2", "1"]);
        await console.Action("restore").GetByRole(AriaRole.Button, new() { Name = "Choose…" }).ClickAsync();
        await console.Action("restore").GetByRole(AriaRole.Combobox).SelectOptionAsync("user");
        await Expect(console.Action("restore").GetByRole(AriaRole.Textbox)).ToHaveValueAsync("3");
        await console.TypeAsync("restore", Target, "not today");
        await console.ReachesAsync("restore", "Recovered");
        Assert.Equal("3 3", await Lab.ReplicasAsync("quantx-production", "user"));
        await visitor.ScreenshotAsync("lab-drain-restored");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Drain_that_a_restart_interrupts_goes_on_and_takes_no_step_twice()
    {
        await using var cockpit = await LabCockpit.StartAsync(_catalog.Setting);
        await using (var visitor = await cockpit.ComeAsync("/runbooks/planned-maintenance"))
        {
            var console = new CardConsole(visitor);
            await DrainAsync(cockpit, console);
            await Expect(console.Execution("drain").Locator("[data-steps='1']")).ToBeVisibleAsync();
        }

        await cockpit.App.RestartAsync();

        await using var again = await cockpit.ComeAsync("/runbooks/planned-maintenance");
        await new CardConsole(again).ReachesAsync("drain", "EffectSeen");
        Assert.StartsWith("0", await Lab.ReplicasAsync("quantx-production", "user"), StringComparison.Ordinal);
        await Expect(again.Page.Locator("#action-drain .execution ol")).ToContainTextAsync(["Step 1 of 3", "Step 2 of 3", "Step 3 of 3"]);
    }

    private static async Task DrainAsync(LabCockpit cockpit, CardConsole console)
    {
        await console.Action("drain").GetByRole(AriaRole.Button, new() { Name = "Choose…" }).ClickAsync();
        await console.Action("drain").GetByRole(AriaRole.Combobox).SelectOptionAsync("user");
        await console.TypeAsync("drain", Target, "the window begins");
        await CardConsole.ApproveAsync(cockpit, "lab-drain-approval");
    }
}
