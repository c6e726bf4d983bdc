using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Operations;

/// <summary>What a page does while the cockpit cannot be reached.</summary>
public sealed class LostConnectionTests : IAsyncLifetime
{
    private CockpitApp _app = null!;

    public async Task InitializeAsync() => _app = await CockpitApp.StartAsync([]);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Page_whose_line_is_cut_says_so_lets_ages_count_on_and_goes_on_when_it_is_back()
    {
        await using var cable = new Cable(_app.Address);
        await using var visitor = await Visitor.ComeAsync(cable.Address);
        await visitor.OpenLiveAsync("/");
        await visitor.Page.EvaluateAsync("() => { window.neverReloaded = true; }");

        cable.Cut();

        var notice = visitor.Page.Locator("#components-reconnect-modal");
        await Expect(notice).ToBeVisibleAsync();
        await Expect(notice.Locator("p:visible")).ToHaveCountAsync(1);
        var before = await AgeAsync(visitor.Page);
        await visitor.Page.WaitForFunctionAsync($"before => {AgeScript} >= before + 2", before);
        await visitor.ScreenshotAsync("lost-connection", whole: false);

        cable.Mend();

        await Expect(notice).ToBeHiddenAsync();
        await visitor.Page.WaitForFunctionAsync($"() => {AgeScript} <= 2");
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.neverReloaded === true"));
    }

    [Fact]
    public async Task Page_outlives_a_restart_of_the_cockpit_and_its_visitor_stays_signed_in()
    {
        await using var visitor = await Visitor.ComeAsAsync(_app.Address, "demo-responder");
        await visitor.OpenLiveAsync("/");
        await visitor.Page.EvaluateAsync("() => { window.neverReloaded = true; }");

        await _app.RestartAsync();

        await visitor.Page.WaitForFunctionAsync("() => window.neverReloaded === undefined");
        var number = int.Parse((await visitor.Page.Locator("#overall").GetAttributeAsync("data-snapshot"))!, System.Globalization.CultureInfo.InvariantCulture);
        await visitor.Page.WaitForFunctionAsync("number => Number(document.querySelector('#overall').dataset.snapshot) > number", number);
        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync("Sam Okafor");
    }

    /// <summary>Seconds on the first tile's age.</summary>
    private const string AgeScript = "parseInt(document.querySelector('.tile x-age').shadowRoot.textContent)";

    private static Task<int> AgeAsync(IPage page) => page.EvaluateAsync<int>($"() => {AgeScript}");
}
