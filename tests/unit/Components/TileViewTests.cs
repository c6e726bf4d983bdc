using Bunit;
using Cockpit.Components.Operations;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Components;

public sealed class TileViewTests : BunitContext
{
    [Fact]
    public void Fresh_tile_shows_figure_threshold_facts_age_and_source()
    {
        var tile = Draw(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(4))));

        Assert.Equal("panel tile bad", tile.Find("article").ClassName);
        Assert.Equal("Degraded", tile.Find("header .st").TextContent);
        Assert.Equal("91% capacity in use", tile.Find(".v").TextContent.Trim());
        Assert.Equal("alarm > 80\u202F%, exit < 70\u202F%", tile.FindAll("footer span")[1].TextContent);
        Assert.StartsWith("Prometheus and Kubernetes · ", tile.Find("footer span").TextContent, StringComparison.Ordinal);
        Assert.Equal("1795317120000", tile.Find("footer x-age").GetAttribute("at"));
        Assert.Equal(
            ["11\u202F375 / 12\u202F500", "42\u202Fms", "99.9\u202F%", "4 / 4"], tile.FindAll("dd").Select(figure => figure.TextContent));
        Assert.Empty(tile.FindAll(".doubt"));
        Assert.Single(tile.FindAll("svg path.line"));
    }

    [Fact]
    public void Loading_tile_says_what_it_waits_for_and_shows_no_figure()
    {
        var tile = Draw(Platform.Waiting);

        Assert.Equal("panel tile unknown", tile.Find("article").ClassName);
        Assert.Equal("Unknown", tile.Find("header .st").TextContent);
        Assert.Equal("– capacity in use", tile.Find(".v").TextContent.Trim());
        Assert.StartsWith("Waiting for the first answer of ", tile.Find(".doubt").TextContent, StringComparison.Ordinal);
        Assert.Empty(tile.FindAll("footer x-age"));
        Assert.All(tile.FindAll("dl > div"), fact => Assert.Equal("old", fact.ClassName));
    }

    [Fact]
    public void Stale_tile_keeps_its_figure_and_says_how_old_it_is()
    {
        var tile = Draw(Platform.Readings() with { Metrics = Platform.Seen("Prometheus", Platform.Metrics(), TimeSpan.FromSeconds(5)) });

        Assert.Equal("panel tile warn", tile.Find("article").ClassName);
        Assert.Equal("Stale", tile.Find("header .st").TextContent);
        Assert.Equal("45.5% capacity in use", tile.Find(".v").TextContent.Trim());
        Assert.Equal("No answer from Prometheus for 5\u202Fs.", tile.Find(".doubt").TextContent);
    }

    [Fact]
    public void Unknown_tile_gives_the_reason()
    {
        var tile = Draw(Platform.Readings() with { Metrics = Platform.Waiting.Metrics.Failed("connection refused", Platform.Now) });

        Assert.Equal("panel tile unknown", tile.Find("article").ClassName);
        Assert.Equal("Prometheus: connection refused.", tile.Find(".doubt").TextContent);
    }

    [Fact]
    public void Tile_that_is_not_configured_shows_nothing_but_that()
    {
        var tile = Draw(Platform.NothingConfigured);

        Assert.Equal("panel tile none", tile.Find("article").ClassName);
        Assert.Equal("Not configured", tile.Find("header .st").TextContent);
        Assert.Equal("Prometheus is not configured.", tile.Find(".doubt").TextContent);
        Assert.Empty(tile.FindAll(".v, dl, svg"));
    }

    [Fact]
    public void Tile_is_named_for_those_who_do_not_see_it()
    {
        var tile = Draw(Platform.Readings());

        Assert.Equal("title-degraded-websockets", tile.Find("article").GetAttribute("aria-labelledby"));
        Assert.Equal("WebSocket", tile.Find("#title-degraded-websockets").TextContent);
        Assert.Equal("Capacity in use, last ten minutes", tile.Find("svg").GetAttribute("aria-label"));
    }

    private IRenderedComponent<TileView> Draw(PlatformReadings readings)
    {
        var board = SignalDerivation.Derive(readings, PlatformFacts.Reference, Platform.Now);
        var card = CardState.Next(null, WebSocketCard.Card, board, WebSocketCard.Unanswered, Platform.Now);
        var tile = Tiles.Build([], board, [card], readings, Platform.Now)[0];
        return Render<TileView>(parameters => parameters.Add(view => view.Tile, tile));
    }
}
