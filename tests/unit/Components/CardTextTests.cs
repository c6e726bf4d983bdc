using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Components;

public sealed class CardTextTests
{
    [Fact]
    public void Best_match_stands_first_and_of_equals_the_lower_number()
    {
        var (none, one, two) = (Numbered(1, 0.5, 0.05), Numbered(2, 0.91, 0.05), Numbered(3, 0.91, 0.2));

        Assert.Equal([3, 2, 1], CardText.Ordered([none, one, two]).Select(state => state.Card.Number));
        Assert.Equal([1, 4], CardText.Ordered([Numbered(4, 0.5, 0.05), none]).Select(state => state.Card.Number));
    }

    [Fact]
    public void Lead_says_which_card_fits()
    {
        Assert.Equal("Card 2 fits: Degraded WebSockets.", CardText.Lead([Numbered(2, 0.91, 0.05)]));
        Assert.Equal("No card is needed right now.", CardText.Lead([Numbered(2, 0.5, 0.05)]));
        Assert.Equal("The catalog has no cards.", CardText.Lead([]));
    }

    [Fact]
    public void Card_that_cannot_be_told_is_not_good()
    {
        Assert.Equal((HealthStatus.Unknown, "0 of 3 symptoms, 2 unknown"), Say(0.5, null));
        Assert.Equal((HealthStatus.Good, "0 of 3 symptoms, 1 unknown"), Say(0.5, 0.05));
        Assert.Equal((HealthStatus.Bad, "1 of 3 symptoms"), Say(0.91, null));
    }

    [Theory]
    [InlineData(Verdict.Holds, true, HealthStatus.Good)]
    [InlineData(Verdict.Holds, false, HealthStatus.Bad)]
    [InlineData(Verdict.DoesNotHold, true, HealthStatus.Bad)]
    [InlineData(Verdict.DoesNotHold, false, HealthStatus.Good)]
    [InlineData(Verdict.Pending, true, HealthStatus.Warn)]
    [InlineData(Verdict.Unknown, true, HealthStatus.Unknown)]
    [InlineData(Verdict.Unknown, false, HealthStatus.Unknown)]
    public void Condition_is_good_or_bad_by_what_it_is_for(Verdict verdict, bool holdingIsGood, HealthStatus status) =>
        Assert.Equal(status, CardText.StatusOf(verdict, holdingIsGood));

    [Fact]
    public void Risk_names_target_and_lease() => Assert.Equal(
        "Deployment bondx/websocket-manager · medium risk · turned back after 2\u202Fh", CardText.Risk(WebSocketCard.ScaleOut));

    [Theory]
    [InlineData(ActionRisk.Low, "Scale out the WebSocket managers 4 → 8")]
    [InlineData(ActionRisk.Medium, "Hold to scale out the WebSocket managers 4 → 8")]
    [InlineData(ActionRisk.High, "Confirm: Scale out the WebSocket managers 4 → 8")]
    public void Button_says_what_pressing_it_does(ActionRisk risk, string text) =>
        Assert.Equal(text, CardText.Press(Runs.Preview with { Risk = risk }));

    private static (HealthStatus, string) Say(double capacity, double? delivery)
    {
        var state = WebSocketCard.Seen(capacity, delivery, Platform.Now);
        return (CardText.Status(state), CardText.Word(state));
    }

    private static CardState Numbered(int number, double capacity, double delivery)
    {
        var state = WebSocketCard.Seen(capacity, delivery, Platform.Now);
        return state with { Card = state.Card with { Number = number } };
    }
}
