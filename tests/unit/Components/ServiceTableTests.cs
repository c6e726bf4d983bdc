using System.Collections.Immutable;
using Bunit;
using Cockpit.Components.Operations;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Components;

public sealed class ServiceTableTests : BunitContext
{
    private static readonly ServiceFacts Api = new("api", "API gateway", true, 0.2, 0.01);

    [Fact]
    public void Service_shows_its_figures_and_what_is_promised()
    {
        var row = Draw(Judge(50, 0.002, 0.15)).Find("tbody tr");

        Assert.Null(row.GetAttribute("class"));
        Assert.Equal("API gateway", row.QuerySelector("th")!.TextContent);
        Assert.Equal(["Healthy", "50\u202F/s", "0.2\u202F%", "150\u202Fms"], row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal([null, null, "promised: below 1\u202F%", "promised: below 200\u202Fms"], row.QuerySelectorAll("td").Select(cell => cell.GetAttribute("title")));
    }

    [Fact]
    public void Service_that_cannot_be_told_gives_the_reason_in_place_of_figures()
    {
        var row = Draw(ServiceHealth.Judge(Api, SignalDerivation.Derive(Platform.Waiting, PlatformFacts.Reference, Platform.Now))).Find("tbody tr");

        Assert.Equal("doubtful", row.ClassName);
        Assert.Equal(["Unknown", "waiting for the first answer of Prometheus"], row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("3", row.QuerySelectorAll("td")[1].GetAttribute("colspan"));
    }

    [Fact]
    public void Missing_figure_is_a_dash_beside_those_that_are_there() => Assert.Equal(
        ["Unknown", "50\u202F/s", "–", "150\u202Fms"],
        Draw(Judge(50, null, 0.15)).FindAll("tbody td").Select(cell => cell.TextContent.Trim()));

    [Fact]
    public void Empty_table_says_why() => Assert.Equal("The catalog names no service.", Draw().Find("p").TextContent);

    private static ServiceHealth Judge(double? requests, double? errors, double? p95) => ServiceHealth.Judge(Api, WebSocketCard.Board(
        ("service.up{api}", 1), ("service.requests{api}", requests), ("service.errors{api}", errors), ("service.p95{api}", p95)));

    private IRenderedComponent<ServiceTable> Draw(params ImmutableArray<ServiceHealth> services) =>
        Render<ServiceTable>(parameters => parameters.Add(table => table.Services, services.IsDefault ? [] : services));
}
