using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Cards;

public sealed class CardStateTests
{
    private static readonly DateTimeOffset At = Platform.Now;

    [Fact]
    public void Card_counts_symptoms_that_are_seen_and_that_cannot_be_told()
    {
        var state = WebSocketCard.Seen(0.9, null, At);

        Assert.Equal((1, 2, At), (state.Matching, state.Untold, state.Since));
        Assert.Equal([Verdict.Holds, Verdict.Unknown, Verdict.Unknown], state.Symptoms.Select(symptom => symptom.Verdict));
    }

    [Fact]
    public void Card_without_a_symptom_has_no_beginning() => Assert.Null(WebSocketCard.Seen(0.5, 0.05, At).Since);

    [Fact]
    public void Card_is_done_only_when_people_say_so_too()
    {
        var measured = WebSocketCard.Seen(0.5, 0.05, At);
        var answers = ImmutableDictionary<string, HumanAnswer>.Empty.Add("degraded-websockets/no-complaints", new HumanAnswer(true, "Sam", At.AddMinutes(-15)));
        var asked = CardState.Next(measured, WebSocketCard.Card,
            WebSocketCard.Board((SignalIds.CapacityUse, 0.5), (SignalIds.DeliveryP95, 0.05)), answers, At);

        Assert.Equal((true, false), (measured.MeasuredCriteriaHold, measured.Done));
        Assert.Equal((true, true), (asked.MeasuredCriteriaHold, asked.Done));
    }

    [Theory]
    [InlineData(0.75, 0.05)]
    [InlineData(0.5, null)]
    public void Measured_criteria_hold_only_when_all_are_known_to(double capacity, double? delivery) =>
        Assert.False(WebSocketCard.Seen(capacity, delivery, At).MeasuredCriteriaHold);

    [Fact]
    public void Card_began_with_its_earliest_symptom_that_is_still_seen()
    {
        var first = WebSocketCard.Seen(0.9, 0.05, At);
        var board = WebSocketCard.Board((SignalIds.CapacityUse, 0.9), (SignalIds.DeliveryP95, 0.2));
        var second = CardState.Next(first, WebSocketCard.Card, board, WebSocketCard.Unanswered, At.AddSeconds(10));
        var onlyLater = CardState.Next(second, WebSocketCard.Card,
            WebSocketCard.Board((SignalIds.CapacityUse, 0.5), (SignalIds.DeliveryP95, 0.2)), WebSocketCard.Unanswered, At.AddSeconds(20));

        Assert.Equal((At, At.AddSeconds(10)), (second.Since, onlyLater.Since));
    }

    [Fact]
    public void Condition_that_the_catalog_changed_starts_anew()
    {
        var before = WebSocketCard.Seen(0.9, 0.05, At);
        var stricter = WebSocketCard.Card with { Symptoms = [WebSocketCard.Capacity with { Comparison = Domain.Slo.Comparison.GreaterOrEqual }, WebSocketCard.Delivery] };

        var after = CardState.Next(before, stricter, WebSocketCard.Board((SignalIds.CapacityUse, 0.9)), WebSocketCard.Unanswered, At.AddSeconds(5));

        Assert.Equal(At.AddSeconds(5), after.Symptoms[0].Since);
    }

    [Fact]
    public void Answer_on_another_card_is_not_taken()
    {
        var answers = ImmutableDictionary<string, HumanAnswer>.Empty.Add("redis-failover/complaints", new HumanAnswer(true, "Sam", At));

        Assert.Equal(Verdict.Unknown, CardState.Next(null, WebSocketCard.Card, WebSocketCard.Board(), answers, At).Symptoms[2].Verdict);
    }
}
