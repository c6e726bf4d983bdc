using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>Real servers get into trouble; the operations page shows it.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class RealServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);
    private static readonly LocatorAssertionsToHaveTextOptions Recovery = new() { Timeout = 60_000 };
    private static readonly LocatorAssertionsToContainTextOptions Election = new() { Timeout = 60_000 };

    private LabCockpit _cockpit = null!;

    public async Task InitializeAsync() => _cockpit = await LabCockpit.StartAsync();

    public async Task DisposeAsync() => await _cockpit.DisposeAsync();

    [Fact]
    public async Task Replay_paused_while_the_primary_is_written_to_turns_the_replica_lag_tile_within_five_seconds()
    {
        await using var visitor = await _cockpit.ComeAsync("/");
        var status = visitor.Page.Locator("#tile-replica-lag header .st");
        await Expect(status).ToHaveTextAsync("Healthy", Recovery);
        try
        {
            await Lab.DoAsync("replica", "pause");
            await Lab.DoAsync("write-primary", "64");
            var written = Stopwatch.StartNew();

            await Expect(status).ToHaveTextAsync("Lagging");

            Assert.True(written.Elapsed <= Promised, $"The tile turned {written.Elapsed.TotalSeconds:0.0} s after the write.");
            await visitor.ScreenshotAsync("lab-replica-lag");
        }
        finally
        {
            await Lab.DoAsync("replica", "resume");
        }

        await Expect(status).ToHaveTextAsync("Healthy", Recovery);
    }

    [Fact]
    public async Task Master_killed_moves_the_redis_tile_to_the_one_that_sentinel_elects()
    {
        await using var visitor = await _cockpit.ComeAsync("/");
        var tile = visitor.Page.Locator("#tile-redis-failover");
        var master = tile.Locator("dl > div", new LocatorLocatorOptions { HasText = "Master" }).Locator("dd");
        await Expect(tile.Locator("header .st")).ToHaveTextAsync("Healthy", Recovery);
        await Expect(master).ToHaveTextAsync(await Lab.DoAsync("redis-master"));
        try
        {
            var killed = await Lab.DoAsync("redis-kill-master");

            await Expect(master).Not.ToHaveTextAsync(killed, new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
            await Expect(tile.Locator("dl")).ToContainTextAsync(await ElectedAsync(killed), Election);
            await visitor.ScreenshotAsync("lab-redis-failover");
        }
        finally
        {
            await Lab.RepairAsync();
            await Lab.DoAsync("mend");
        }

        // The callers' errors of the last minute must have passed too.
        await Expect(master).ToHaveTextAsync(await Lab.DoAsync("redis-master"));
        await Expect(tile.Locator("header .st")).ToHaveTextAsync("Healthy", new LocatorAssertionsToHaveTextOptions { Timeout = 120_000 });
    }

    [Fact]
    public async Task Frozen_api_server_makes_its_figures_stale_then_unknown_while_other_tiles_keep_their_pace()
    {
        await using var visitor = await _cockpit.ComeAsync("/");
        var page = visitor.Page;
        var status = page.Locator("#tile-degraded-websockets header .st");
        await Expect(status).ToHaveTextAsync("Healthy", Recovery);
        await Lab.DoAsync("freeze", "apiserver");
        try
        {
            await Expect(status).ToHaveTextAsync("Stale", Recovery);
            await Expect(status).ToHaveTextAsync("Unknown", Recovery);
            await Expect(page.Locator("#tile-degraded-websockets .doubt")).ToContainTextAsync("Kubernetes");
            foreach (var other in (string[])["redis-failover", "replica-lag"])
                await Expect(page.Locator($"#tile-{other} header .st")).ToHaveTextAsync("Healthy");
            await visitor.ScreenshotAsync("lab-frozen-api-server");
        }
        finally
        {
            await Lab.DoAsync("thaw", "apiserver");
        }

        await Expect(status).ToHaveTextAsync("Healthy", Recovery);
    }

    private static async Task<string> ElectedAsync(string killed)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (true)
        {
            if (await Lab.DoAsync("redis-master") is { } master && master != killed) return master;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }
}
