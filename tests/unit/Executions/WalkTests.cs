using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.Tests.Executions;

public sealed class WalkTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly Walk Down = new("replicas", ["3", "2", "1", "0"], Pause);

    private static readonly ActionPreview Drain = Runs.Preview with
    {
        Title = "Drain 4 → 0",
        Kind = ActionKind.TrafficDrain,
        Pinned = Runs.Preview.Pinned with { Fields = [new("replicas", "4", "0")] },
        Walk = Down,
    };

    [Theory]
    [InlineData(4, 0, "3,2,1,0")]
    [InlineData(0, 3, "1,2,3")]
    [InlineData(3, 1, "2,1")]
    [InlineData(1, 0, null)]
    [InlineData(2, 2, null)]
    public void Way_goes_one_at_a_time_in_one_direction_only(int from, int to, string? values) =>
        Assert.Equal(values is null ? null : new Walk("replicas", [.. values.Split(',')], Pause), Walk.Between("replicas", from, to, Pause));

    [Fact]
    public void Each_step_holds_fast_where_the_one_before_left_the_target()
    {
        Assert.Equal(new PinnedTarget("v1", "uid-1", 7, [new("replicas", "4", "3")]), Down.StepAfter(Drain.Pinned, 0));
        Assert.Equal(new PinnedTarget("v1", "uid-1", 10, [new("replicas", "1", "0")]), Down.StepAfter(Drain.Pinned, 3));
    }

    [Fact]
    public void Going_down_waits_for_what_still_runs_and_going_up_for_what_is_not_ready()
    {
        var up = new Walk("replicas", ["1", "2", "3"], Pause);

        Assert.Equal([true, true, false, false],
            new[] { Down.HasSettled(Runs.Managers(2, 2)), Down.HasSettled(Runs.Managers(2, 1)), Down.HasSettled(Runs.Managers(2, 3)), up.HasSettled(Runs.Managers(2, 1)) });
    }

    [Fact]
    public void Steps_are_made_one_after_another_until_the_last_is_the_whole_change()
    {
        var execution = After(Sent, Taken);
        Assert.Equal((ExecutionState.Stepping, 1, Runs.At.AddSeconds(2) + Pause, "1 of 4 steps made", true, true),
            (execution.State, execution.StepsMade, execution.NextStepAt, execution.StateSentence, execution.HoldsTarget, execution.CanBeStopped));

        var last = After(Sent, Taken, Sent, Taken, Sent, Taken, Sent, Taken);

        Assert.Equal((ExecutionState.Accepted, 4, null, false), (last.State, last.StepsMade, last.NextStepAt, last.CanBeStopped));
        Assert.Equal("Step 4 of 4 sent to the target", last.Steps[^2].Text);
        Assert.Equal(Down.StepAfter(Drain.Pinned, 3), last.Sent);
    }

    [Fact]
    public void Stopping_between_steps_ends_it_there_and_while_one_is_sent_after_it()
    {
        var between = After(Sent, Taken, new ExecutionEvent.StopAsked("the pager went"));
        var meanwhile = After(Sent, Taken, Sent, new ExecutionEvent.StopAsked(null));
        var then = Execution.Apply(meanwhile, Taken, Actor.System, Runs.At.AddMinutes(1));

        Assert.Equal((ExecutionState.Stopped, 1, false, false), (between.State, between.StepsMade, between.IsOpen, between.HoldsTarget));
        Assert.Equal("Sam Okafor stopped it, because “the pager went”. 1 of 4 steps are made and stay.", between.Steps[^1].Text);
        Assert.Equal((ExecutionState.Dispatching, "Sam Okafor", false), (meanwhile.State, meanwhile.StopAskedBy, meanwhile.CanBeStopped));
        Assert.Equal((ExecutionState.Stopped, 2, "stopped by Sam Okafor"), (then.State, then.StepsMade, then.Note));
    }

    [Fact]
    public void Step_that_was_lost_is_made_again_and_the_first_one_alone_means_that_nothing_was_done()
    {
        var unknown = new ExecutionEvent.OutcomeUnknown("hung");
        var no = new ExecutionEvent.ReadBack(false, "still 3; nothing was changed");

        Assert.Equal((ExecutionState.Stepping, 1), Reached(After(Sent, Taken, Sent, unknown, no)));
        Assert.Equal((ExecutionState.Stepping, 2), Reached(After(Sent, Taken, Sent, unknown, new ExecutionEvent.ReadBack(true, "2 there"))));
        Assert.Equal((ExecutionState.Refused, 0), Reached(After(Sent, unknown, no)));
        Assert.Equal((ExecutionState.Stopped, 1), Reached(After(Sent, Taken, Sent, new ExecutionEvent.Refused("forbidden"))));
        Assert.Equal((ExecutionState.Stopped, 1), Reached(After(Sent, Taken, Sent, unknown, new ExecutionEvent.Resolved(false, "looked"))));
    }

    [Fact]
    public void Step_is_read_back_by_its_own_value_not_by_that_of_the_end()
    {
        var execution = After(Sent, Taken, Sent, new ExecutionEvent.OutcomeUnknown("hung"));

        Assert.True(ReadBackRule.Judge(execution, Runs.Managers(2), Runs.At.AddSeconds(9))!.Applied);
        Assert.Null(ReadBackRule.Judge(execution, Runs.Managers(3), Runs.At.AddSeconds(9)));
        Assert.False(ReadBackRule.Judge(execution, Runs.Managers(3), Runs.At.AddSeconds(90))!.Applied);
    }

    [Fact]
    public void Drains_after_one_another_remember_what_was_there_before_the_first()
    {
        var (first, second) = (After(Sent, Taken, new ExecutionEvent.StopAsked(null)), Begun(Drain with { Pinned = Drain.Pinned with { Fields = [new("replicas", "3", "0")] } }, Sent, Taken));
        var refused = After(Sent, new ExecutionEvent.Refused("forbidden"));
        var restored = Begun(Drain with { Kind = ActionKind.TrafficRestore, Walk = null }, Sent, Taken);

        Assert.Equal(4, DrainMemory.CountOf([second, first], Drain.On));
        Assert.Equal(3, DrainMemory.CountOf([second, restored, first], Drain.On));
        Assert.Null(DrainMemory.CountOf([refused], Drain.On));
        Assert.Null(DrainMemory.CountOf([first], Drain.On with { Name = "other" }));
    }

    private static readonly ExecutionEvent Sent = new ExecutionEvent.DispatchIntended(1);
    private static readonly ExecutionEvent Taken = new ExecutionEvent.Accepted("taken");

    private static (ExecutionState, int) Reached(Execution execution) => (execution.State, execution.StepsMade);

    private static Execution After(params ExecutionEvent[] events) => Begun(Drain, events);

    private static Execution Begun(ActionPreview preview, params ExecutionEvent[] events) => events.Select((fact, index) => (fact, index)).Aggregate(
        Execution.Apply(null, new ExecutionEvent.Requested(preview), Runs.Sam, Runs.At),
        (execution, next) => Execution.Apply(execution, next.fact, Runs.Sam, Runs.At.AddSeconds(next.index + 1)));
}
