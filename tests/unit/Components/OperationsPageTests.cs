using Bunit;
using Cockpit.Components.Operations;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Components;

public sealed class OperationsPageTests : BunitContext
{
    private static readonly PlatformModel Model = new(PlatformFacts.Reference, [], [WebSocketCard.Card]);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly SnapshotFeed _feed = new();

    public OperationsPageTests() => Services.AddSingleton(_feed);

    [Fact]
    public void Page_waits_for_the_first_snapshot_and_follows_from_then_on()
    {
        var page = Render<OperationsPage>();
        Assert.Equal("Waiting for the first measurements…", page.Find("h1").TextContent);

        Publish(Platform.Readings());
        page.WaitForAssertion(() => Assert.Contains("All is well.", page.Find("h1").TextContent, StringComparison.Ordinal), Soon);
        Assert.Equal(3, page.FindComponents<TileView>().Count);
        Assert.Empty(page.FindAll(".now"));

        Publish(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(4))));
        page.WaitForAssertion(() => Assert.Contains("WebSockets are degraded.", page.Find("h1").TextContent, StringComparison.Ordinal), Soon);
        Assert.Single(page.FindAll(".now"));
        Assert.Equal("websocket-manager", page.FindAll("section li b")[1].TextContent);
    }

    [Fact]
    public void Page_opened_late_shows_the_newest_at_once()
    {
        Publish(Platform.Readings());

        Assert.Equal("Green", Render<OperationsPage>().Find("#overall").GetAttribute("data-status"));
    }

    [Fact]
    public void Storage_that_is_down_is_said_while_figures_go_on()
    {
        Publish(Platform.Readings(), "The disk is full");

        var page = Render<OperationsPage>();

        Assert.Equal("Nothing can be recorded, so no action can run: The disk is full. Figures below go on.", page.Find("[role=alert]").TextContent);
        Assert.Equal(3, page.FindComponents<TileView>().Count);
    }

    [Fact]
    public async Task Page_that_leaves_the_screen_ends_its_following()
    {
        Publish(Platform.Readings());
        var page = Render<OperationsPage>();
        var drawn = page.RenderCount;

        await DisposeComponentsAsync().WaitAsync(Soon);
        Publish(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(4))));

        Assert.True(page.IsDisposed);
        Assert.Equal(drawn, page.RenderCount);
    }

    private void Publish(PlatformReadings readings, string? storageFailure = null)
    {
        var health = PlatformHealth.Next(_feed.Current.Health, readings, Model, WebSocketCard.Unanswered, [], Platform.Now);
        _feed.Publish(new CockpitSnapshot(_feed.Current.Number + 1, health, [], storageFailure));
    }
}
