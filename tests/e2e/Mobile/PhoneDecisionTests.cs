using Cockpit.E2E.Accessibility;
using Cockpit.E2E.Cards;
using Cockpit.E2E.Support;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Mobile;

/// <summary>Somebody else's critical action, decided on a phone.</summary>
public sealed class PhoneDecisionTests : IAsyncLifetime
{
    private readonly CatalogCopy _catalog = new(AuthorityTests.WithScaleOutCritical);
    private CockpitApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await CockpitApp.StartAsync(["--Estate:Speed", "60", "--Estate:Faults:0", "degraded-websockets", .. _catalog.Setting]);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _catalog.Dispose();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_on_which_one_decides_has_no_serious_barrier(ColorScheme theme)
    {
        await AskAsync();
        await using var look = await Visitor.ComeAsAsync(_app.Address, "demo-approver", new Screen("phone", 390, 844, theme));
        await look.Page.GotoAsync("/m");
        await look.Page.GetByText("waits for another person").ClickAsync();
        await Expect(look.Page.GetByRole(AriaRole.Button, new() { Name = "Approve: " })).ToBeVisibleAsync();
        await look.ScreenshotAsync($"phone-approval-{theme.ToString().ToLowerInvariant()}", whole: false);

        Assert.Empty(await AccessibilityTests.BarriersAsync(look));
    }

    [Fact]
    public async Task Other_person_approves_without_javascript_what_they_have_read()
    {
        await AskAsync();
        await using var context = await (await Chromium.GetAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _app.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            JavaScriptEnabled = false,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=%2Fm");
        await page.Locator("button[value=demo-approver]").ClickAsync();
        await page.GetByText("waits for another person").ClickAsync();
        await Expect(page.GetByLabel("Difference")).ToContainTextAsync("replicas: 8");

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve: " }).ClickAsync();

        Assert.Empty(await page.GetByRole(AriaRole.Alert).AllTextContentsAsync());
        await Expect(page.Locator(".tl")).ToContainTextAsync("Ines Duarte approved");
        await Expect(page.Locator(".tl")).ToContainTextAsync("Sent to the target");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve: " })).ToHaveCountAsync(0);
    }

    /// <summary>Sam asks as soon as the symptoms are seen.</summary>
    private async Task AskAsync()
    {
        var (services, sam) = (_app.Services, DemoIdentities.All.Single(actor => actor.Id == "demo-responder"));
        using var patience = new CancellationTokenSource(Visitor.Patience, TimeProvider.System);
        var feed = services.GetRequiredService<SnapshotFeed>();
        var isAsked = false;
        for (var snapshot = feed.Current; snapshot.Executions.IsEmpty; snapshot = await feed.NextAsync(snapshot.Number, patience.Token))
            if (!isAsked && await services.GetRequiredService<PreviewActionHandler>().HandleAsync("degraded-websockets", "scale-out", [], sam, patience.Token)
                is PreviewOutcome.Previewed { Preview: { MayRun: true, NeedsReason: false } preview })
                isAsked = await services.GetRequiredService<ConfirmActionHandler>().HandleAsync(
                    preview.Id, new Confirmation(false, preview.Target.ToString(), "clients cannot reconnect"), sam, patience.Token) is ConfirmOutcome.Started;
    }
}
