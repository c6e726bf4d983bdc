using System.Text.Json;
using Cockpit.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Accessibility;

/// <summary>Every page on every screen: readable by everyone, and no wider than the screen.</summary>
public sealed class AccessibilityTests : IClassFixture<AccessibilityTests.TroubledEstate>
{
    private static readonly Lazy<Task<string>> Axe =
        new(() => File.ReadAllTextAsync(Repository.File("node_modules", "axe-core", "axe.min.js")));

    private static readonly Screen[] Screens = [Screen.Desktop, Screen.DesktopDark, Screen.Phone, Screen.PhoneDark];

    private readonly TroubledEstate _estate;

    public AccessibilityTests(TroubledEstate estate) => _estate = estate;

    public static TheoryData<string, string> Pages => new()
    {
        { "operations", "/" }, { "cards", "/cards" }, { "card", "/cards/degraded-websockets" }, { "card-elsewhere", "/cards/replica-lag" },
        { "sign-in", "/sign-in" }, { "not-found", "/no-such-page" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Page_has_no_serious_barrier_and_fits_every_screen(string name, string path)
    {
        foreach (var screen in Screens)
        {
            await using var visitor = await Visitor.ComeAsAsync(_estate.App.Address, "demo-responder", screen);
            if (name is "sign-in" or "not-found") await visitor.Page.GotoAsync(path);
            else await visitor.OpenLiveAsync(path);
            if (name == "card") await OpenPreviewAsync(visitor);

            await visitor.ScreenshotAsync($"{name}-{screen.Name}");
            Assert.Equal([], await BarriersAsync(visitor));
            Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }
    }

    private static async Task OpenPreviewAsync(Visitor visitor)
    {
        await Expect(visitor.Page.Locator("[data-condition=capacity]")).ToHaveAttributeAsync("data-verdict", "Holds");
        await visitor.Page.Locator("#action-scale-out header button").ClickAsync();
        await Expect(visitor.Page.Locator("#action-scale-out .diff")).ToBeVisibleAsync();
    }

    private static async Task<string[]> BarriersAsync(Visitor visitor)
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
