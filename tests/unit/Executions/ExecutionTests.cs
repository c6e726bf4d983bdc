using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.Tests.Executions;

public sealed class ExecutionTests
{
    private static readonly DateTimeOffset At = Runs.At;

    private static readonly Evidence Figure = new("Capacity", "45.5 %", "< 70 %", Verdict.Holds);

    public static TheoryData<string, ExecutionEvent, ExecutionState, string> Steps => new()
    {
        { "confirmed", new ExecutionEvent.Confirmed("held the button", "lag"), ExecutionState.Dispatching, "Sam Okafor confirmed: held the button, because “lag”" },
        { "sent", new ExecutionEvent.DispatchIntended(4), ExecutionState.Dispatching, "Sent to the target" },
        { "accepted", new ExecutionEvent.Accepted("8 asked"), ExecutionState.Accepted, "Accepted: 8 asked" },
        { "refused", new ExecutionEvent.Refused("no"), ExecutionState.Refused, "Not done: no" },
        { "unknown", new ExecutionEvent.OutcomeUnknown("hung"), ExecutionState.Unknown, "Outcome unknown: hung" },
        { "applied", new ExecutionEvent.ReadBack(true, "8 there"), ExecutionState.Accepted, "Read back: 8 there" },
        { "not applied", new ExecutionEvent.ReadBack(false, "4 there"), ExecutionState.Refused, "Read back: 4 there" },
        { "effect", new ExecutionEvent.EffectSeen("8 of 8"), ExecutionState.EffectSeen, "Effect seen: 8 of 8" },
        { "no effect", new ExecutionEvent.EffectMissed("5 of 8"), ExecutionState.EffectMissed, "Effect not seen: 5 of 8" },
        { "recovered", new ExecutionEvent.Recovered([Figure]), ExecutionState.Recovered, "Exit criteria hold, 1\u202Fs after it was sent" },
        { "not recovered", new ExecutionEvent.NotRecovered([Figure]), ExecutionState.NotRecovered, "Exit criteria do not hold in time" },
    };

    [Fact]
    public void Execution_begins_with_a_request()
    {
        var execution = Execution.Apply(null, new ExecutionEvent.Requested(Runs.Preview), Runs.Sam, At);

        var expected = new Execution("p-1", Runs.Preview, "Sam Okafor", At, null, ExecutionState.Requested, null, null, null, null, null,
            [new ExecutionStep(At, "Sam Okafor asked to scale out the WebSocket managers 4 → 8")], [], 1);
        Assert.Equal(expected.Steps.AsEnumerable(), execution.Steps);
        Assert.Equal(expected with { Steps = execution.Steps, RequestedById = "sam" }, execution);
    }

    [Fact]
    public void Execution_cannot_begin_with_anything_else() => Assert.Throws<InvalidOperationException>(
        () => Execution.Apply(null, new ExecutionEvent.Accepted("8"), Runs.Sam, At));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Each_event_moves_the_state_and_leaves_a_step(string name, ExecutionEvent fact, ExecutionState state, string step)
    {
        Assert.NotEmpty(name);
        var before = Runs.Sent();

        var after = Execution.Apply(before, fact, Runs.Sam, At.AddSeconds(3));

        Assert.Equal(state, after.State);
        Assert.Equal([.. before.Steps, new ExecutionStep(At.AddSeconds(3), step)], after.Steps.AsEnumerable());
        Assert.Equal(before.Version + 1, after.Version);
    }

    [Fact]
    public void Whole_way_keeps_every_instant()
    {
        var execution = Runs.Sent(new ExecutionEvent.Accepted("8"), new ExecutionEvent.EffectSeen("8 of 8"), new ExecutionEvent.Recovered([Figure]));

        Assert.Equal(
            (At, At.AddSeconds(2), At.AddSeconds(3), At.AddSeconds(4), At.AddSeconds(5), 6L),
            (execution.RequestedAt, execution.DispatchedAt, execution.AcceptedAt, execution.EffectAt, execution.EndedAt, execution.Version));
        Assert.Equal(TimeSpan.FromSeconds(3), execution.RecoveredAfter);
        Assert.Equal([Figure], execution.Figures.AsEnumerable());
    }

    [Fact]
    public void Reason_is_kept_and_none_is_null()
    {
        Assert.Equal("lag", Runs.After(new ExecutionEvent.Confirmed("held the button", "lag")).Reason);
        Assert.Equal("Sam Okafor confirmed: a click", Runs.After(new ExecutionEvent.Confirmed("a click", null)).Steps[^1].Text);
    }

    [Theory]
    [InlineData(ExecutionState.Requested, true, true)]
    [InlineData(ExecutionState.Cancellable, true, true)]
    [InlineData(ExecutionState.AwaitingApproval, true, false)]
    [InlineData(ExecutionState.Done, false, false)]
    [InlineData(ExecutionState.Cancelled, false, false)]
    [InlineData(ExecutionState.Dispatching, true, true)]
    [InlineData(ExecutionState.Unknown, true, true)]
    [InlineData(ExecutionState.Accepted, true, true)]
    [InlineData(ExecutionState.EffectSeen, true, false)]
    [InlineData(ExecutionState.Recovered, false, false)]
    [InlineData(ExecutionState.NotRecovered, false, false)]
    [InlineData(ExecutionState.EffectMissed, false, false)]
    [InlineData(ExecutionState.Refused, false, false)]
    public void State_tells_whether_it_waits_and_whether_it_holds_the_target(ExecutionState state, bool open, bool holds)
    {
        var execution = Runs.Sent() with { State = state };

        Assert.Equal((open, holds), (execution.IsOpen, execution.HoldsTarget));
    }

    [Fact]
    public void Unknown_outcome_waits_to_be_read_back() => Assert.True(Runs.Sent(new ExecutionEvent.OutcomeUnknown("hung")).IsOpen);

    [Fact]
    public void Only_a_recovery_has_a_duration() =>
        Assert.Null(Runs.Sent(new ExecutionEvent.Accepted("8"), new ExecutionEvent.NotRecovered([])).RecoveredAfter);
}
