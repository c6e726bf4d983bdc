using Cockpit.Domain.Health;
using Cockpit.E2E.Support;
using Cockpit.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cockpit.E2E.Operations;

/// <summary>A source that is asked and never answers.</summary>
public sealed class HangingSourceTests
{
    private static readonly PollPace Quick = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(1));

    private static readonly string[] Tiles = ["degraded-websockets", "redis-failover", "replica-lag"];

    public static TheoryData<string, string> Hanging => new()
    {
        { nameof(MetricsReading), "degraded-websockets" },
        { nameof(RedisReading), "redis-failover" },
        { nameof(ReplicationReading), "replica-lag" },
    };

    [Theory, MemberData(nameof(Hanging))]
    public async Task Tile_whose_source_hangs_turns_stale_then_unknown_with_the_reason_and_recovers(string source, string tile)
    {
        Sources.Tap tap = null!;
        await using var app = await CockpitApp.StartAsync([], services =>
        {
            services.AddSingleton(Quick);
            tap = source switch
            {
                nameof(MetricsReading) => services.AddTap<MetricsReading>(),
                nameof(RedisReading) => services.AddTap<RedisReading>(),
                _ => services.AddTap<ReplicationReading>(),
            };
        });
        await using var visitor = await Visitor.ComeAsync(app.Address);
        await visitor.OpenLiveAsync("/");
        var status = visitor.Page.Locator($"#tile-{tile} header .st");
        await Expect(status).ToHaveTextAsync("Healthy");

        tap.IsClosed = true;

        await Expect(status).ToHaveTextAsync("Stale");
        await Expect(status).ToHaveTextAsync("Unknown");
        await Expect(visitor.Page.Locator($"#tile-{tile} .doubt")).ToContainTextAsync("did not answer within");
        await Expect(visitor.Page.Locator("#overall")).Not.ToHaveAttributeAsync("data-status", "Green");
        foreach (var other in Tiles.Where(other => other != tile && source != nameof(MetricsReading)))
            await Expect(visitor.Page.Locator($"#tile-{other} header .st")).ToHaveTextAsync("Healthy");
        await visitor.ScreenshotAsync($"hanging-{tile}");

        tap.IsClosed = false;

        await Expect(status).ToHaveTextAsync("Healthy");
        Assert.Empty(visitor.Complaints);
    }
}
