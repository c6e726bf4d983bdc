using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Cards;

public sealed class ConditionStateTests
{
    private static readonly DateTimeOffset At = Platform.Now;

    private static readonly SignalCondition Lasting =
        WebSocketCard.Above("high", "High for a minute", SignalIds.CapacityUse, 0.8, FigureUnit.Ratio, TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(0.81, Verdict.Holds)]
    [InlineData(0.8, Verdict.DoesNotHold)]
    [InlineData(null, Verdict.Unknown)]
    public void Figure_is_held_against_the_threshold(double? value, Verdict verdict)
    {
        var board = Board(value);

        Assert.Equal(
            new ConditionState(WebSocketCard.Capacity, verdict, At, board[SignalIds.CapacityUse], null),
            ConditionState.Next(null, WebSocketCard.Capacity, board, null, At));
    }

    [Theory]
    [InlineData(Freshness.Stale)]
    [InlineData(Freshness.Unknown)]
    [InlineData(Freshness.NotConfigured)]
    public void Figure_that_is_not_fresh_tells_nothing(Freshness freshness)
    {
        var board = new SignalBoard([new Signal(SignalIds.CapacityUse, 0.99, "old", At, freshness, "Prometheus")]);

        Assert.Equal(Verdict.Unknown, ConditionState.Next(null, WebSocketCard.Capacity, board, null, At).Verdict);
    }

    [Fact]
    public void Between_symptom_and_exit_threshold_neither_holds()
    {
        Assert.Equal(Verdict.DoesNotHold, Look(null, WebSocketCard.Capacity, 0.75, 0).Verdict);
        Assert.Equal(Verdict.DoesNotHold, Look(null, WebSocketCard.CapacityNormal, 0.75, 0).Verdict);
    }

    [Fact]
    public void Since_stays_while_the_verdict_does()
    {
        var first = Look(null, WebSocketCard.Capacity, 0.9, 0);
        var second = Look(first, WebSocketCard.Capacity, 0.95, 30);
        var third = Look(second, WebSocketCard.Capacity, 0.5, 40);

        Assert.Equal((At, At, At.AddSeconds(40)), (first.Since, second.Since, third.Since));
    }

    [Fact]
    public void Condition_that_asks_for_a_time_is_pending_until_it_has_passed()
    {
        var first = Look(null, Lasting, 0.9, 0);
        var before = Look(first, Lasting, 0.9, 59.9);
        var reached = Look(before, Lasting, 0.9, 60);

        Assert.Equal([Verdict.Pending, Verdict.Pending, Verdict.Holds], [first.Verdict, before.Verdict, reached.Verdict]);
        Assert.Equal(At, reached.Since);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(null)]
    public void Break_or_gap_starts_the_time_again(double? between)
    {
        var first = Look(null, Lasting, 0.9, 0);
        var gap = Look(first, Lasting, between, 30);
        var again = Look(gap, Lasting, 0.9, 31);

        Assert.Equal((Verdict.Pending, At.AddSeconds(31)), (again.Verdict, again.Since));
        Assert.Equal(Verdict.Pending, Look(again, Lasting, 0.9, 90).Verdict);
        Assert.Equal(Verdict.Holds, Look(again, Lasting, 0.9, 91).Verdict);
    }

    [Fact]
    public void Clock_that_jumps_back_starts_the_time_again_and_never_ends_early()
    {
        var first = Look(null, Lasting, 0.9, 0);
        var jumped = Look(first, Lasting, 0.9, -3_600);

        Assert.Equal((Verdict.Pending, At.AddHours(-1)), (jumped.Verdict, jumped.Since));
        Assert.Equal(Verdict.Holds, Look(jumped, Lasting, 0.9, -3_540).Verdict);
    }

    [Fact]
    public void Question_is_judged_by_the_answer_and_counts_from_it()
    {
        var yes = new HumanAnswer(true, "Sam", At.AddMinutes(-14));
        var pending = ConditionState.Next(null, WebSocketCard.NoComplaints, Board(0.9), yes, At);
        var holds = ConditionState.Next(pending, WebSocketCard.NoComplaints, Board(0.9), yes, At.AddMinutes(1));

        Assert.Equal(new ConditionState(WebSocketCard.NoComplaints, Verdict.Pending, yes.At, null, yes), pending);
        Assert.Equal(pending with { Verdict = Verdict.Holds }, holds);
    }

    [Fact]
    public void Question_without_an_answer_is_unknown_and_with_a_no_does_not_hold()
    {
        var no = new HumanAnswer(false, "Sam", At);

        Assert.Equal(Verdict.Unknown, ConditionState.Next(null, WebSocketCard.Complaints, Board(0.9), null, At).Verdict);
        Assert.Equal(Verdict.DoesNotHold, ConditionState.Next(null, WebSocketCard.Complaints, Board(0.9), no, At).Verdict);
    }

    [Fact]
    public void Repeated_yes_goes_on_counting_from_the_first()
    {
        var first = ConditionState.Next(null, WebSocketCard.NoComplaints, Board(0.9), new HumanAnswer(true, "Sam", At), At);
        var again = ConditionState.Next(first, WebSocketCard.NoComplaints, Board(0.9), new HumanAnswer(true, "Ada", At.AddMinutes(10)), At.AddMinutes(15));

        Assert.Equal((Verdict.Holds, At), (again.Verdict, again.Since));
    }

    [Fact]
    public void Yes_after_a_no_counts_from_the_yes()
    {
        var no = ConditionState.Next(null, WebSocketCard.NoComplaints, Board(0.9), new HumanAnswer(false, "Sam", At), At);
        var yes = ConditionState.Next(no, WebSocketCard.NoComplaints, Board(0.9), new HumanAnswer(true, "Sam", At.AddMinutes(5)), At.AddMinutes(6));

        Assert.Equal((Verdict.Pending, At.AddMinutes(5)), (yes.Verdict, yes.Since));
    }

    [Fact]
    public void Answer_to_what_is_now_a_figure_is_ignored()
    {
        var left = new HumanAnswer(true, "Sam", At.AddDays(-1));

        var state = ConditionState.Next(null, Lasting, Board(0.9), left, At);

        Assert.Equal((Verdict.Pending, At, null), (state.Verdict, state.Since, state.Answer));
    }

    private static SignalBoard Board(double? use) => WebSocketCard.Board((SignalIds.CapacityUse, use));

    private static ConditionState Look(ConditionState? before, Condition condition, double? use, double seconds) =>
        ConditionState.Next(before, condition, Board(use), null, At.AddSeconds(seconds));
}
