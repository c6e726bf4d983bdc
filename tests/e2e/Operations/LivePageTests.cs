using Cockpit.E2E.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Operations;

/// <summary>The operations page on the simulated estate.</summary>
public sealed class LivePageTests : IClassFixture<EmbeddedCockpit>
{
    private const int Growths = 6;

    private readonly CockpitApp _app;

    public LivePageTests(EmbeddedCockpit embedded) => _app = embedded.App;

    [Fact]
    public async Task Page_left_alone_shows_a_newer_snapshot_at_least_every_second_without_a_reload()
    {
        await using var visitor = await Visitor.ComeAsync(_app.Address);
        await visitor.OpenLiveAsync("/");
        await visitor.Page.EvaluateAsync("() => { window.neverReloaded = true; }");

        var seconds = await visitor.Page.EvaluateAsync<double>(
            """
            growths => new Promise(done => {
              const number = () => Number(document.querySelector('#overall')?.dataset.snapshot ?? 0);
              let last = number(), began = performance.now(), seen = 0;
              new MutationObserver(() => {
                if (number() <= last) return;
                last = number();
                if (++seen === growths) done((performance.now() - began) / 1000);
              }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-snapshot'] });
            })
            """, Growths);

        Assert.True(seconds <= Growths, $"{Growths} newer snapshots took {seconds:0.0} s");
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.neverReloaded === true"));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Page_shows_every_tile_and_service_with_figures()
    {
        await using var visitor = await Visitor.ComeAsync(_app.Address);
        await visitor.OpenLiveAsync("/");

        foreach (var tile in (string[])["degraded-websockets", "redis-failover", "replica-lag"])
        {
            var article = visitor.Page.Locator($"#tile-{tile}");
            await Expect(article.Locator(".v")).Not.ToContainTextAsync("–");
            await Expect(article.Locator("footer x-age")).ToBeVisibleAsync();
            await Expect(article.Locator("footer")).ToContainTextAsync("Simulated estate");
            await Expect(article.Locator("dl > div")).ToHaveCountAsync(4);
        }

        var services = visitor.Page.Locator("tbody tr");
        Assert.True(await services.CountAsync() >= 6);
        await Expect(services.Filter(new LocatorFilterOptions { HasText = "Unknown" })).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".banner")).ToContainTextAsync("Simulated estate");
        Assert.Empty(visitor.Complaints);
    }
}
