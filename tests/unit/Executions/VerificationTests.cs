using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Executions;

public sealed class VerificationTests
{
    private static readonly Execution Accepted = Runs.Sent(new ExecutionEvent.Accepted("8")) with { AcceptedAt = Runs.At };

    private static readonly Execution Seen = Runs.Sent(new ExecutionEvent.Accepted("8"), new ExecutionEvent.EffectSeen("8 of 8")) with { EffectAt = Runs.At };

    private static readonly DateTimeOffset Deadline = Runs.At + Execution.EffectDeadline;

    [Fact]
    public void Effect_is_seen_when_every_replica_is_ready() => Assert.Equal(
        new ExecutionEvent.EffectSeen("8 of 8 replicas are ready"), Verification.Next(Accepted, Runs.Managers(8), null, Runs.At));

    [Theory]
    [InlineData(8, 7, 7)]
    [InlineData(4, 4, 7)]
    [InlineData(8, 8, 8)]
    public void Effect_is_awaited_while_replicas_are_missing_or_counts_are_old(int replicas, int ready, long generation) => Assert.Null(
        Verification.Next(Accepted, Runs.Target(Platform.Managers(replicas, ready) with { Generation = generation }), null, Deadline.AddTicks(-1)));

    [Fact]
    public void Effect_that_does_not_show_in_time_is_missed_with_the_reason()
    {
        Assert.Equal(new ExecutionEvent.EffectMissed("only 7 of 8 replicas are ready after 5\u202Fmin"), Verification.Next(Accepted, Runs.Managers(8, 7), null, Deadline));
        Assert.Equal(new ExecutionEvent.EffectMissed("somebody changed it: the target asks for 4 replicas now"), Verification.Next(Accepted, Runs.Managers(4), null, Deadline));
        Assert.Equal(new ExecutionEvent.EffectMissed("the target cannot be read"), Verification.Next(Accepted, null, null, Deadline));
    }

    [Fact]
    public void Recovery_is_seen_when_the_measured_criteria_hold()
    {
        var recovered = Assert.IsType<ExecutionEvent.Recovered>(Verification.Next(Seen, null, WebSocketCard.Seen(0.455, 0.05, Runs.At), Runs.At));

        Assert.Equal(
            [
                new Evidence("Connections below 70 % of capacity", "45.5\u202F%", "< 70\u202F%", Verdict.Holds),
                new Evidence("Message delivery below 100 ms (p95)", "50\u202Fms", "< 100\u202Fms", Verdict.Holds),
                new Evidence("Have there been no complaints for 15 minutes?", "–", "", Verdict.Unknown),
            ],
            recovered.Figures.AsEnumerable());
    }

    [Theory]
    [InlineData(0.75)]
    [InlineData(null)]
    public void Recovery_is_awaited_and_then_given_up(double? capacity)
    {
        var card = WebSocketCard.Seen(capacity, 0.05, Runs.At);

        Assert.Null(Verification.Next(Seen, null, card, Runs.At + Execution.RecoveryDeadline - TimeSpan.FromTicks(1)));
        Assert.IsType<ExecutionEvent.NotRecovered>(Verification.Next(Seen, null, card, Runs.At + Execution.RecoveryDeadline));
    }

    [Fact]
    public void Expected_figure_is_a_fact_of_its_own_once_it_is_newer_than_the_effect()
    {
        var card = WebSocketCard.Seen(0.455, 0.2, Runs.At);
        var seen = Assert.IsType<ExecutionEvent.ExpectedSeen>(Verification.Next(Seen, null, card, Runs.At, Capacity(0.455, Runs.At)));

        Assert.Equal(new Evidence("Connections below 70 % of capacity", "45.5\u202F%", "< 70\u202F%", Verdict.Holds), seen.Figure);
        Assert.Null(Verification.Next(Seen, null, card, Runs.At, Capacity(0.455, Runs.At.AddTicks(-1))));
        Assert.Null(Verification.Next(Seen, null, card, Runs.At, Capacity(0.9, Runs.At)));
        Assert.Null(Verification.Next(Seen with { Expected = seen.Figure }, null, card, Runs.At, Capacity(0.455, Runs.At)));
    }

    [Fact]
    public void Expected_figure_that_never_came_stands_among_the_figures_of_what_did_not_recover()
    {
        var end = Runs.At + Execution.RecoveryDeadline;
        var missed = Assert.IsType<ExecutionEvent.NotRecovered>(Verification.Next(Seen, null, null, end, Capacity(0.9, end)));

        Assert.Equal(new Evidence("Connections below 70 % of capacity", "90\u202F%", "< 70\u202F%", Verdict.DoesNotHold), Assert.Single(missed.Figures));
    }

    private static ConditionState Capacity(double value, DateTimeOffset observedAt) => ConditionState.Next(
        null, WebSocketCard.CapacityNormal,
        new SignalBoard([new Signal(SignalIds.CapacityUse, value, null, observedAt, Freshness.Fresh, "Prometheus")]), null, observedAt);

    [Fact]
    public void Execution_whose_card_the_catalog_lost_ends_too()
    {
        Assert.Null(Verification.Next(Seen, null, null, Runs.At + Execution.RecoveryDeadline - TimeSpan.FromTicks(1)));
        Assert.Empty(Assert.IsType<ExecutionEvent.NotRecovered>(Verification.Next(Seen, null, null, Runs.At + Execution.RecoveryDeadline)).Figures);
    }

    [Theory]
    [InlineData(ExecutionState.Requested)]
    [InlineData(ExecutionState.Dispatching)]
    [InlineData(ExecutionState.Unknown)]
    [InlineData(ExecutionState.Refused)]
    [InlineData(ExecutionState.Recovered)]
    [InlineData(ExecutionState.NotRecovered)]
    [InlineData(ExecutionState.EffectMissed)]
    public void Execution_that_awaits_no_proof_gets_none(ExecutionState state) => Assert.Null(Verification.Next(
        Seen with { State = state }, Runs.Managers(8), WebSocketCard.Seen(0.455, 0.05, Runs.At), Runs.At.AddDays(1)));

    [Fact]
    public void Answers_of_people_are_kept_in_words()
    {
        var answers = new Dictionary<string, HumanAnswer> { ["degraded-websockets/complaints"] = new(true, "Sam", Runs.At) };
        var card = CardState.Next(null, WebSocketCard.Card, WebSocketCard.Board(), answers, Runs.At);

        Assert.Equal(new Evidence("Do clients complain about late updates?", "Yes", "", Verdict.Holds), Verification.FiguresOf(card.Symptoms)[2]);
    }
}
