using Bunit;
using Cockpit.Components.Primitives.Charts;
using Cockpit.Domain.Slo;
using Microsoft.JSInterop;

namespace Cockpit.Tests.Components;

public class PlotlyChartTests : BunitContext
{
    private const string Module = "./Components/Primitives/Charts/PlotlyChart.razor.js";

    private static readonly Chart Drawn = new(
        "62 % is left.", new ChartAxis("%"), [], [], [], new Period(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)));

    [Fact]
    public void Chart_says_in_words_what_it_shows()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;

        var chart = Render<PlotlyChart>(parameters => parameters.Add(each => each.Chart, Drawn));

        Assert.Equal("62 % is left.", chart.Find("figcaption").TextContent);
        Assert.Equal("62 % is left.", chart.Find(".plot").GetAttribute("aria-label"));
    }

    [Fact]
    public void Chart_that_cannot_be_drawn_says_so_and_keeps_its_sentence()
    {
        JSInterop.SetupModule(Module).Setup<IJSObjectReference>(call => call.Identifier == "draw").SetException(new JSException("the drawing library did not load"));

        var chart = Render<PlotlyChart>(parameters => parameters.Add(each => each.Chart, Drawn));

        Assert.Equal("62 % is left.", chart.Find("figcaption").TextContent);
        Assert.Contains("the drawing library did not load", chart.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }
}
