using Bunit;
using Cockpit.Components.Primitives.Charts;
using Cockpit.Domain.Slo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Cockpit.Tests.Components;

public class PlotlyChartTests : BunitContext
{
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
        Services.AddSingleton<IJSRuntime>(new BrokenScript());

        var chart = Render<PlotlyChart>(parameters => parameters.Add(each => each.Chart, Drawn));

        Assert.Equal("62 % is left.", chart.Find("figcaption").TextContent);
        Assert.Contains("the drawing library did not load", chart.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    private sealed class BrokenScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new JSException("the drawing library did not load");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }
}
