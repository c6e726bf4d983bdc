using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Components;

public sealed class MeterTextTests
{
    [Theory]
    [InlineData(0.4, "35.7%")]
    [InlineData(0.8, "71.4%")]
    [InlineData(0.0, "0%")]
    [InlineData(9.0, "100%")]
    [InlineData(-1.0, "0%")]
    public void Bar_fills_towards_a_threshold_in_the_upper_half(double value, string fill) =>
        Assert.Equal(new MeterText(fill, "71.4%"), MeterText.Of(Look(WebSocketCard.Capacity, value)));

    [Theory]
    [InlineData(0.96, "20%")]
    [InlineData(1.0, "100%")]
    [InlineData(0.5, "0%")]
    public void Share_that_is_nearly_whole_is_drawn_on_its_last_twentieth(double value, string fill)
    {
        var reconnects = WebSocketCard.Below("reconnects", "Reconnects", SignalIds.CapacityUse, 0.99, FigureUnit.Ratio);

        Assert.Equal(new MeterText(fill, "80%"), MeterText.Of(Look(reconnects, value)));
    }

    [Fact]
    public void Condition_without_figure_or_scale_has_no_meter()
    {
        var none = WebSocketCard.Above("none", "Any", SignalIds.CapacityUse, 0, FigureUnit.Count);

        Assert.Null(MeterText.Of(Look(WebSocketCard.Capacity, null)));
        Assert.Null(MeterText.Of(Look(none, 3)));
        Assert.Null(MeterText.Of(Look(WebSocketCard.Complaints, 3)));
    }

    private static ConditionState Look(Condition condition, double? value) =>
        ConditionState.Next(null, condition, WebSocketCard.Board((SignalIds.CapacityUse, value)), null, Platform.Now);
}
