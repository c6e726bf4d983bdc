using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cockpit.E2E.Support;
using Cockpit.Security;
using Cockpit.UseCases.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Mobile;

/// <summary>A phone at night: small, slow, and its scripts perhaps never arrive.</summary>
public sealed class PhonePageTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-test";

    private static readonly Lazy<Task<string>> Axe =
        new(() => File.ReadAllTextAsync(Repository.File("node_modules", "axe-core", "axe.min.js")));

    private CockpitApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await CockpitApp.StartAsync(["--Alertmanager:Token", Token, "--Estate:Speed", "30", "--Estate:Faults:0", "degraded-websockets"]);
        using var http = new HttpClient { BaseAddress = _app.Address };
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alertmanager")
        {
            Content = new StringContent(
                """{"version":"4","groupKey":"g","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"WebSocketsDegraded","severity":"warning","service":"websocket-manager"},"annotations":{"summary":"WebSockets are degraded","card":"degraded-websockets","runbook":"service-down"},"startsAt":"2026-11-22T03:12:00Z"}]}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Fix_is_previewed_confirmed_on_a_second_page_and_run_without_javascript()
    {
        await using var context = await OpenAsync(ColorScheme.Dark, javaScript: false);
        var page = await SignInAsync(context);
        await page.GotoAsync("/m/incidents/1");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.GetByText("acknowledged by Sam Okafor").First).ToBeVisibleAsync();

        await PreviewWhenItMayRunAsync(page);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Go on to confirm" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Yes, scale out" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("accepted");
        await Expect(page.Locator(".tl")).ToContainTextAsync("Scale out the WebSocket managers");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_have_no_serious_barrier_and_fit_the_screen(ColorScheme theme)
    {
        await using var context = await OpenAsync(theme, javaScript: true);
        var page = await SignInAsync(context);
        var barriers = new List<string>();
        foreach (var (name, path) in (IEnumerable<(string, string)>)
            [("list", "/m"), ("incident", "/m/incidents/1"), ("escalate", "/m/incidents/1/escalate"), ("preview", "/m/incidents/1/actions/scale-out"), ("resolve", "/m/incidents/1/resolve"), ("inputs", "/m/incidents/1/actions/restart"),
                ("check", "/m/incidents/1/actions/verify-stickiness")])
        {
            await page.GotoAsync(path);
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Repository.Screenshots, $"phone-{name}-{theme.ToString().ToLowerInvariant()}.png"),
                Animations = ScreenshotAnimations.Disabled,
            });
            await page.EvaluateAsync(await Axe.Value);
            var found = await page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}`))");
            barriers.AddRange(found.EnumerateArray().Select(barrier => $"{name}: {barrier.GetString()}"));
            if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var excess)
                barriers.Add($"{name}: {excess} pixels wider than the screen");
            var small = await page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('.btn, button')].filter(b => b.offsetParent && b.getBoundingClientRect().height < 44).length");
            if (small > 0) barriers.Add($"{name}: {small} buttons too small for a thumb");
        }

        Assert.Empty(barriers);
    }

    [Fact]
    public async Task Page_on_a_slow_network_follows_the_incident_and_says_when_it_does_not()
    {
        await using var context = await OpenAsync(ColorScheme.Dark, javaScript: true);
        var page = await SignInAsync(context);
        var network = await context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = 400,
            ["downloadThroughput"] = 50_000,
            ["uploadThroughput"] = 30_000,
        });
        await page.GotoAsync("/m/incidents/1");
        await Expect(page.Locator("[data-live=live]")).ToBeVisibleAsync();

        await using var other = await OpenAsync(ColorScheme.Light, javaScript: false);
        var elsewhere = await SignInAsync(other, "demo-approver");
        await elsewhere.GotoAsync("/m/incidents/1");
        await elsewhere.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();

        await Expect(page.GetByText("acknowledged by Ines Duarte").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_finds_its_way_back_after_the_phone_was_locked_and_shows_what_happened_meanwhile()
    {
        await using var cable = new Cable(_app.Address);
        await using var context = await OpenAsync(ColorScheme.Dark, javaScript: true, cable.Address);
        var page = await SignInAsync(context);
        await page.GotoAsync("/m/incidents/1");
        await Expect(page.Locator("[data-live=live]")).ToBeVisibleAsync();

        cable.Cut();
        await Expect(page.Locator("[data-live=lost]")).ToHaveTextAsync("not live");
        await _app.Services.GetRequiredService<IncidentDesk>().AcknowledgeAsync(
            "1", DemoIdentities.All.Single(actor => actor.Id == "demo-approver"), "at the desk", CancellationToken.None);
        await page.EvaluateAsync("() => document.querySelector('summary').click()");
        cable.Mend();
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");

        await Expect(page.Locator("[data-live=live]")).ToBeVisibleAsync();
        await Expect(page.GetByText("acknowledged by Ines Duarte").First).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('details').open"));
    }

    [Fact]
    public async Task Browser_finds_nothing_that_keeps_it_from_installing_the_phone_s_pages()
    {
        await using var context = await OpenAsync(ColorScheme.Light, javaScript: true);
        var page = await SignInAsync(context);
        var browser = await context.NewCDPSessionAsync(page);

        var manifest = (await browser.SendAsync("Page.getAppManifest"))!.Value;
        Assert.EndsWith("/m.webmanifest", manifest.GetProperty("url").GetString());
        Assert.Empty(manifest.GetProperty("errors").EnumerateArray());
        var errors = (await browser.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors").EnumerateArray()
            .Select(error => error.GetProperty("errorId").GetString());
        // Every test has a fresh profile, which counts as a private window.
        Assert.DoesNotContain(errors, error => error != "in-incognito");
    }

    private async Task<IBrowserContext> OpenAsync(ColorScheme theme, bool javaScript, Uri? through = null)
    {
        var context = await (await Chromium.GetAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (through ?? _app.Address).ToString(),
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            ColorScheme = theme,
            JavaScriptEnabled = javaScript,
            IsMobile = true,
            HasTouch = true,
        });
        context.SetDefaultTimeout((float)Visitor.Patience.TotalMilliseconds);
        return context;
    }

    private static async Task<IPage> SignInAsync(IBrowserContext context, string identity = "demo-responder")
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=%2Fm");
        await page.Locator($"button[value={identity}]").ClickAsync();
        await page.WaitForURLAsync("**/m");
        return page;
    }

    /// <summary>The estate needs a moment until its symptoms are seen; a page without script is loaded again.</summary>
    private static async Task PreviewWhenItMayRunAsync(IPage page)
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            await page.GotoAsync("/m/incidents/1/actions/scale-out");
            if (await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Go on to confirm" }).IsVisibleAsync()) return;
            await page.WaitForTimeoutAsync(250);
        }
    }
}
