using Cockpit.E2E.Accessibility;
using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Cards;

/// <summary>Two people and a critical action, by keyboard: asked for, approved by the other, temporary, and turned back.</summary>
public sealed class AuthorityTests : IAsyncLifetime
{
    private const string Card = "/cards/degraded-websockets";

    private readonly CatalogCopy _catalog = new(WithScaleOutCritical);
    private CockpitApp _app = null!;

    public async Task InitializeAsync() =>
        _app = await CockpitApp.StartAsync(["--Estate:Speed", "60", "--Estate:Faults:0", "degraded-websockets", .. _catalog.Setting]);

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _catalog.Dispose();
    }

    [Fact]
    public async Task Critical_action_is_asked_for_approved_by_another_person_and_turned_back()
    {
        await using var asking = await Visitor.ComeAsAsync(_app.Address, "demo-responder");
        await asking.OpenLiveAsync(Card);
        var action = asking.Page.Locator("#action-scale-out");
        await Expect(asking.Page.Locator("[data-condition=capacity]")).ToHaveAttributeAsync("data-verdict", "Holds");
        await action.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await action.GetByLabel("Type").FillAsync("bondx/websocket-manager");
        await action.GetByLabel("Reason").FillAsync("clients cannot reconnect");
        await action.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        var execution = action.Locator(".execution");
        await Expect(execution).ToHaveAttributeAsync("data-state", "AwaitingApproval");
        await Expect(execution).ToContainTextAsync("You asked for this: another person must approve it.");
        await Expect(execution.Locator("button.primary")).ToHaveCountAsync(0);

        await using var approver = await Visitor.ComeAsAsync(_app.Address, "demo-approver", new Screen("phone", 390, 844, ColorScheme.Dark));
        await approver.OpenLiveAsync("/");
        var page = approver.Page;
        await page.Locator("[data-attention=approval] a").ClickAsync();
        var answer = page.GetByRole(AriaRole.Button, new() { Name = "Approve and send" });
        await Expect(page.Locator(".execution .diff .p")).ToContainTextAsync("replicas: 8");
        await approver.ScreenshotAsync("card-approval");
        Assert.Empty(await AccessibilityTests.BarriersAsync(approver));
        await answer.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(execution).ToHaveAttributeAsync("data-state", "Recovered", new() { Timeout = 60_000 });
        await Expect(asking.Page.Locator("[data-attention]")).ToHaveCountAsync(0);
        await Expect(execution.Locator("[data-lease=open]")).ToContainTextAsync("Turned back by itself in 1");
        await execution.GetByText("Extend it or turn it back").PressAsync("Enter");
        await execution.GetByRole(AriaRole.Button, new() { Name = "Turn back now" }).PressAsync("Enter");
        await Expect(execution.Locator("[role=alert]")).ToContainTextAsync("Turning back now would hurt: 4 replicas would be used to");
        Assert.Empty(await AccessibilityTests.BarriersAsync(asking));
        await asking.ScreenshotAsync("card-lease");
        await execution.GetByLabel("Reason").FillAsync("the node must go");
        await execution.GetByRole(AriaRole.Button, new() { Name = "Turn back now" }).PressAsync("Enter");
        await Expect(action.Locator("[data-lease=ended]")).ToContainTextAsync("turned back, 4 of 4 replicas are ready", new() { Timeout = 30_000 });

        await page.GotoAsync("/audit");
        await Expect(page.Locator("tbody tr", new() { HasText = "execution.approved" })).ToContainTextAsync("Ines Duarte");
        Assert.Empty(asking.Complaints);
        Assert.Empty(approver.Complaints);
    }

    /// <summary>Scaling out needs a second person.</summary>
    internal static string WithScaleOutCritical(string name, string text)
    {
        if (name != "1-degraded-websockets.yaml") return text;
        var end = text.IndexOf("id: enable-compression", StringComparison.Ordinal);
        return text[..end].Replace("risk: medium", "risk: critical", StringComparison.Ordinal) + text[end..];
    }
}
