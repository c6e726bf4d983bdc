using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Cards;

/// <summary>Card 1 from the drill to the recovery, on the simulated estate at sixty times its pace.</summary>
public sealed class CardOneTests : IAsyncLifetime
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1.4);
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(0.4);

    private CockpitApp _app = null!;

    public async Task InitializeAsync() => _app = await CockpitApp.StartAsync(["--Estate:Speed", "60"]);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Scaling_out_cures_what_the_drill_broke()
    {
        await using var visitor = await Visitor.ComeAsAsync(_app.Address, "demo-responder", Screen.Readme);
        await visitor.OpenLiveAsync("/");
        var page = visitor.Page;
        await page.GetByText("Drills: break the simulated estate on purpose").ClickAsync();
        await page.Locator(".drill", new PageLocatorOptions { HasText = "degraded-websockets" }).GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Locator("#tile-degraded-websockets header .st")).ToHaveTextAsync("Degraded");
        await page.EvaluateAsync("() => window.scrollTo(0, 0)");
        await visitor.ScreenshotAsync("operations", whole: false);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open card 1" }).ClickAsync();
        await Expect(page.Locator("[data-condition=capacity]")).ToHaveAttributeAsync("data-verdict", "Holds");

        var action = page.Locator("#action-scale-out");
        await action.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Preview" }).ClickAsync();

        await Expect(action.Locator(".diff .m")).ToContainTextAsync("replicas: 4");
        await Expect(action.Locator(".diff .p")).ToContainTextAsync("replicas: 8");
        await Expect(action).ToContainTextAsync("server dry run accepted");
        await Expect(action.Locator("li[data-guard]")).ToHaveCountAsync(9);
        await Expect(action.Locator("li.refuses")).ToHaveCountAsync(0);
        await Expect(action).ToContainTextAsync("kubectl scale deployment websocket-manager -n bondx --replicas=8");
        await visitor.ScreenshotAsync("card-preview", whole: false);

        await Visitor.HoldAsync(action.Locator("button.hold"), TooShort);
        await Expect(action.Locator("button.hold")).ToBeEnabledAsync();
        await Expect(action.Locator(".execution")).ToHaveCountAsync(0);

        await Visitor.HoldAsync(action.Locator("button.hold"), LongEnough);

        var execution = action.Locator(".execution");
        await Expect(execution).ToHaveAttributeAsync("data-state", "Recovered", new LocatorAssertionsToHaveAttributeOptions { Timeout = 60_000 });
        foreach (var criterion in (string[])["capacity-normal", "delivery-normal", "reconnects-normal"])
            await Expect(page.Locator($"[data-condition={criterion}]")).ToHaveAttributeAsync("data-verdict", "Holds");
        await execution.Locator("summary", new() { HasText = "4 → 8" }).ClickAsync();
        await Expect(execution.Locator("ol li")).ToContainTextAsync(
        [
            "Sam Okafor asked to", "Sam Okafor confirmed", "Sent to the target", "Accepted", "Effect seen: 8 of 8 replicas are ready", "As expected", "Exit criteria hold",
        ]);
        await visitor.ScreenshotAsync("card-recovered");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Audit" }).ClickAsync();
        await Expect(page.Locator("tbody tr", new PageLocatorOptions { HasText = "Sam Okafor" })).Not.ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Verify the chain" }).ClickAsync();
        await Expect(page.Locator(".verdict.intact")).ToBeVisibleAsync();
        await visitor.ScreenshotAsync("audit-after-card");
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData("demo-executive", "Erin Vale is not a responder. Ask one to run it, or copy the command.")]
    [InlineData(null, "Sign in as a responder to run actions.")]
    public async Task Viewer_may_look_at_the_preview_and_is_told_why_it_cannot_run(string? identity, string reason)
    {
        await using var visitor = identity is null ? await Visitor.ComeAsync(_app.Address) : await Visitor.ComeAsAsync(_app.Address, identity);
        await visitor.OpenLiveAsync("/cards/degraded-websockets");
        var action = visitor.Page.Locator("#action-scale-out");

        await action.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Preview" }).ClickAsync();

        await Expect(action.Locator(".no")).ToContainTextAsync(reason);
        await Expect(action.Locator("button.primary")).ToHaveCountAsync(0);
        await visitor.ScreenshotAsync($"card-refused-{identity ?? "guest"}");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Keyboard_alone_reaches_the_preview_and_holding_space_confirms()
    {
        await using var app = await CockpitApp.StartAsync(["--Estate:Speed", "60", "--Estate:Faults:0", "degraded-websockets"]);
        await using var visitor = await Visitor.ComeAsAsync(app.Address, "demo-responder");
        await visitor.OpenLiveAsync("/cards/degraded-websockets");
        var (page, action) = (visitor.Page, visitor.Page.Locator("#action-scale-out"));
        await Expect(page.Locator("[data-condition=capacity]")).ToHaveAttributeAsync("data-verdict", "Holds");

        await TabToAsync(page, "#action-scale-out header button");
        await page.Keyboard.PressAsync("Enter");
        await Expect(action.Locator("button.hold")).ToBeVisibleAsync();
        await TabToAsync(page, "#action-scale-out button.hold");
        await page.Keyboard.PressAsync("Space", new KeyboardPressOptions { Delay = (float)TooShort.TotalMilliseconds });
        await Expect(action.Locator(".execution")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Space", new KeyboardPressOptions { Delay = (float)LongEnough.TotalMilliseconds });

        await Expect(action.Locator(".execution")).ToBeVisibleAsync();
        await Expect(action.Locator(".execution")).ToHaveAttributeAsync("data-state", "Recovered", new LocatorAssertionsToHaveAttributeOptions { Timeout = 60_000 });
        Assert.Empty(visitor.Complaints);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector)) return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not reach {selector}.");
    }
}
