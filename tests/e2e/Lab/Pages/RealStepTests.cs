using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>A real deployment drained and restored, step by step.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class RealStepTests : IAsyncLifetime
{
    private const string Target = "quantx-production/user";

    private readonly CatalogCopy _catalog = CatalogCopy.InAHurry();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _catalog.Dispose();
        await RealServers.ResetAsync();
    }

    [Fact]
    public async Task Drain_survives_a_restart_between_steps_and_a_stopped_restore_still_knows_where_to()
    {
        await using var cockpit = await LabCockpit.StartAsync(_catalog.Setting);
        await using (var visitor = await cockpit.ComeAsync("/runbooks/planned-maintenance"))
        {
            var console = new CardConsole(visitor);
            await ChooseAsync(console, "drain");
            await console.TypeAsync("drain", Target, "the window begins");
            await CardConsole.ApproveAsync(cockpit, "lab-drain-approval");
            await Expect(console.Execution("drain").Locator("[data-steps='1']")).ToBeVisibleAsync();
            Assert.StartsWith("2 ", await ReplicasAsync(), StringComparison.Ordinal);
            await visitor.ScreenshotAsync("lab-drain-steps");
        }

        await cockpit.App.RestartAsync();

        await using var again = await cockpit.ComeAsync("/runbooks/planned-maintenance");
        var after = new CardConsole(again);
        await after.ReachesAsync("drain", "EffectSeen");
        Assert.StartsWith("0", await ReplicasAsync(), StringComparison.Ordinal);
        foreach (var step in (string[])["Step 1 of 3", "Step 2 of 3", "Step 3 of 3"])
            await Expect(after.Execution("drain").Locator("li", new() { HasText = step })).ToHaveCountAsync(1);

        await RestoreAsync(after);
        await after.Execution("restore").GetByRole(AriaRole.Button, new() { Name = "Stop at" }).ClickAsync();
        await after.ReachesAsync("restore", "Stopped");
        Assert.Contains((await ReplicasAsync()).Split(' ')[0], (string[])["1", "2"]);
        await RestoreAsync(after);
        await after.ReachesAsync("restore", "Recovered");
        Assert.Equal("3 3", await ReplicasAsync());
        await again.ScreenshotAsync("lab-drain-restored");
        Assert.Empty(again.Complaints);
    }

    private static Task<string> ReplicasAsync() => Lab.ReplicasAsync("quantx-production", "user");

    private static async Task ChooseAsync(CardConsole console, string action)
    {
        var open = console.Action(action).GetByRole(AriaRole.Button, new() { Name = "Choose…" });
        if (await open.IsVisibleAsync()) await open.ClickAsync();
        await console.Action(action).GetByRole(AriaRole.Combobox).SelectOptionAsync("user");
    }

    /// <summary>Nobody types the count: the drain has remembered it.</summary>
    private static async Task RestoreAsync(CardConsole console)
    {
        await ChooseAsync(console, "restore");
        await Expect(console.Action("restore").GetByRole(AriaRole.Textbox)).ToHaveValueAsync("3");
        await console.TypeAsync("restore", Target, "the window is over");
    }
}
