using Bunit;
using Cockpit.Components.Operations;
using Cockpit.Domain.Cards;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Components;

public sealed class NowPanelTests : BunitContext
{
    [Fact]
    public void Panel_names_what_is_seen_and_leads_to_the_card()
    {
        var panel = Draw(WebSocketCard.Seen(0.91, null, Platform.Now));

        Assert.Equal("Connections above 80 % of capacity: 91\u202F%", panel.Find("h2").TextContent);
        Assert.StartsWith("1 of 3 symptoms (2 cannot be told) match card 1, since", panel.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Equal(("/cards/degraded-websockets", "Open card 1"), (panel.Find("a").GetAttribute("href"), panel.Find("a").TextContent));
    }

    [Fact]
    public void Panel_is_not_there_when_nothing_fits() => Assert.Equal("", Draw(null).Markup.Trim());

    [Fact]
    public void Headline_names_two_symptoms_at_most()
    {
        var card = WebSocketCard.Card with { Symptoms = [WebSocketCard.Delivery, WebSocketCard.Capacity, WebSocketCard.Complaints] };
        var board = WebSocketCard.Board((WebSocketCard.Capacity.Signal, 0.91), (WebSocketCard.Delivery.Signal, 0.2));
        var answers = new Dictionary<string, HumanAnswer> { ["degraded-websockets/complaints"] = new(true, "Sam", Platform.Now) };

        Assert.Equal(
            "Message delivery above 150 ms (p95): 200\u202Fms, Connections above 80 % of capacity: 91\u202F%",
            NowText.Headline(CardState.Next(null, card, board, answers, Platform.Now)));
    }

    [Fact]
    public void Card_with_the_largest_share_of_symptoms_fits_and_of_equals_the_earlier()
    {
        var one = WebSocketCard.Seen(0.91, 0.05, Platform.Now.AddSeconds(-1));
        var both = WebSocketCard.Seen(0.91, 0.2, Platform.Now);
        var later = WebSocketCard.Seen(0.91, 0.05, Platform.Now);
        var none = WebSocketCard.Seen(0.5, 0.05, Platform.Now);

        Assert.Same(both, NowText.Fitting([none, one, both]));
        Assert.Same(one, NowText.Fitting([later, one, none]));
        Assert.Null(NowText.Fitting([none]));
        Assert.Null(NowText.Fitting([]));
    }

    private IRenderedComponent<NowPanel> Draw(CardState? fitting) =>
        Render<NowPanel>(parameters => parameters.Add(panel => panel.Fitting, fitting));
}
