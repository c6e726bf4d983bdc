using System.Text.Json;
using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Accessibility;

/// <summary>Every page on every screen: readable by everyone, and no wider than the screen.</summary>
public sealed class AccessibilityTests : IClassFixture<AccessibilityTests.TroubledEstate>
{
    private static readonly Lazy<Task<string>> Axe =
        new(() => File.ReadAllTextAsync(Repository.File("node_modules", "axe-core", "axe.min.js")));

    private static readonly (string Name, string Path)[] Pages =
    [
        ("operations", "/"), ("cards", "/cards"), ("card", "/cards/degraded-websockets"), ("card-elsewhere", "/cards/replica-lag"), ("audit", "/audit"),
        ("slo", "/slo"), ("slo-detail", "/slo/trading-availability"), ("executive", "/executive"),
        ("maintenance", "/maintenance"), ("runbooks", "/runbooks"), ("runbook", "/runbooks/service-down"),
        ("incidents", "/incidents"), ("incident", "/incidents/1"), ("on-call", "/on-call"), ("schedule", "/on-call/schedule"),
        ("sign-in", "/sign-in"), ("not-found", "/no-such-page"),
    ];

    private readonly TroubledEstate _estate;

    public AccessibilityTests(TroubledEstate estate) => _estate = estate;

    [Theory]
    [InlineData(1440, 1000, ColorScheme.Light)]
    [InlineData(1440, 1000, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task Every_page_fits_the_screen_and_has_no_serious_barrier(int width, int height, ColorScheme theme)
    {
        var screen = new Screen($"{width}-{theme.ToString().ToLowerInvariant()}", width, height, theme);
        await using var visitor = await Visitor.ComeAsAsync(_estate.App.Address, "demo-responder", screen);
        var barriers = new List<string>();
        foreach (var (name, path) in Pages)
        {
            if (name is "sign-in" or "not-found") await visitor.Page.GotoAsync(path);
            else await visitor.OpenLiveAsync(path);
            if (name == "card") await OpenPreviewAsync(visitor);
            await visitor.ScreenshotAsync($"{name}-{screen.Name}");
            barriers.AddRange((await BarriersAsync(visitor)).Select(barrier => $"{name}: {barrier}"));
            if (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var excess)
                barriers.Add($"{name}: {excess} pixels wider than the screen");
        }

        Assert.True(barriers.Count == 0, string.Join(Environment.NewLine, barriers));
    }

    private static async Task OpenPreviewAsync(Visitor visitor)
    {
        await Expect(visitor.Page.Locator("[data-condition=capacity]")).ToHaveAttributeAsync("data-verdict", "Holds");
        await visitor.Page.Locator("#action-scale-out header button").ClickAsync();
        await Expect(visitor.Page.Locator("#action-scale-out .diff")).ToBeVisibleAsync();
    }

    /// <summary>Serious barriers on the page as it is shown now.</summary>
    internal static async Task<string[]> BarriersAsync(Visitor visitor)
    {
        await visitor.Page.EvaluateAsync(await Axe.Value);
        var found = await visitor.Page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run()).violations
              .filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
              .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`))
            """);
        return [.. found.EnumerateArray().Select(barrier => barrier.GetString()!)];
    }

    /// <summary>A cockpit with trouble on its screen, where colours and long sentences show.</summary>
    public sealed class TroubledEstate : IAsyncLifetime
    {
        internal CockpitApp App { get; private set; } = null!;

        public async Task InitializeAsync() =>
            App = await CockpitApp.StartAsync(["--Estate:Speed", "30", "--Estate:Faults:0", "degraded-websockets", "--Estate:Faults:1", "replica-lag"]);

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
