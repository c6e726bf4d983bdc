using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

/// <summary>Four managers brought to eight, one every half a minute, and a drain of the simulated estate.</summary>
public sealed class StepTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Steps_are_sent_one_after_another_each_after_its_pause_and_only_when_the_one_before_is_ready()
    {
        var preview = await _desk.PreviewAsync(action: "restore");
        Assert.Equal(new Walk("replicas", ["5", "6", "7", "8"], Pause), preview.Walk);
        Assert.Equal("# 4 steps, 30\u202Fs apart: 5, 6, 7, 8; about 1\u202Fmin 30\u202Fs", preview.Diff[^1].Text);
        await _desk.ConfirmAsync(preview);
        Assert.Equal([5], _desk.Cluster.Sent);

        await PassAsync(Pause - TimeSpan.FromSeconds(1), ready: true);
        Assert.Equal([5], _desk.Cluster.Sent);
        await PassAsync(TimeSpan.FromSeconds(1), ready: true);
        Assert.Equal([5, 6], _desk.Cluster.Sent);
        await PassAsync(Pause, ready: false);
        Assert.Equal([5, 6], _desk.Cluster.Sent);
        await PassAsync(TimeSpan.FromSeconds(5), ready: true);
        await PassAsync(Pause, ready: true);

        Assert.Equal([5, 6, 7, 8], _desk.Cluster.Sent);
        Assert.Equal((ExecutionState.Accepted, 4), (_desk.Newest.State, _desk.Newest.StepsMade));
        Assert.Equal(4, _desk.Store.Entries.Count(entry => entry.Type == "target.claimed"));
    }

    [Fact]
    public async Task Somebody_elses_change_between_two_steps_is_never_overwritten()
    {
        await BeginAsync();
        _desk.Cluster.Apply(7);

        await PassAsync(Pause, ready: true);

        Assert.Equal([5, 7], _desk.Cluster.Sent);
        Assert.Equal((ExecutionState.Stopped, 1), (_desk.Newest.State, _desk.Newest.StepsMade));
        Assert.Contains("Somebody changed it since: it was 5, now it is 7.", _desk.Newest.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_of_something_else_on_the_target_stops_it_too()
    {
        await BeginAsync();
        _desk.Cluster.Apply(6);
        _desk.Cluster.Apply(5);

        await PassAsync(Pause, ready: true);

        Assert.Equal((ExecutionState.Stopped, "Somebody changed the target since. Preview again."), (_desk.Newest.State, _desk.Newest.Note));
    }

    [Fact]
    public async Task Requester_who_may_not_act_any_more_takes_no_further_step()
    {
        await BeginAsync();
        _desk.Changed["sam"] = Runs.Sam with { Roles = [Role.Viewer] };

        await PassAsync(Pause, ready: true);

        Assert.Equal((ExecutionState.Stopped, 1), (_desk.Newest.State, _desk.Cluster.Sent.Count));
    }

    [Fact]
    public async Task Replica_that_never_gets_ready_stops_it_with_the_count()
    {
        await BeginAsync();

        await PassAsync(Pause + StepFollower.Patience, ready: false);

        Assert.Equal((ExecutionState.Stopped, "4 of 5 replicas are ready for 5\u202Fmin."), (_desk.Newest.State, _desk.Newest.Note));
    }

    [Fact]
    public async Task Target_that_is_silent_for_a_while_only_delays_the_next_step()
    {
        await BeginAsync();
        _desk.Cluster.Reading = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        await PassAsync(Pause, ready: true);
        Assert.Equal(ExecutionState.Stepping, _desk.Newest.State);
        _desk.Cluster.Reading = null;
        _desk.Cluster.Trying = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        await PassAsync(TimeSpan.FromSeconds(5), ready: true);
        Assert.Equal(ExecutionState.Stepping, _desk.Newest.State);
        _desk.Cluster.Trying = null;

        await PassAsync(TimeSpan.FromSeconds(5), ready: true);

        Assert.Equal([5, 6], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Restart_goes_on_where_it_was_and_a_long_absence_stops_it()
    {
        await BeginAsync();
        _desk = await _desk.RestartAsync();
        await PassAsync(Pause, ready: true);
        Assert.Equal([5, 6], _desk.Cluster.Sent);

        _desk = await _desk.RestartAsync();
        await PassAsync(TimeSpan.FromHours(1), ready: true);

        Assert.Equal([5, 6], _desk.Cluster.Sent);
        Assert.Equal(ExecutionState.Stopped, _desk.Newest.State);
        Assert.StartsWith("The cockpit was not there for 59\u202Fmin", _desk.Newest.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Step_whose_answer_was_lost_is_read_back_and_made_once_more_only_if_it_was_not_made(bool made)
    {
        await BeginAsync();
        _desk.Cluster.Scaling = _ =>
        {
            if (made) _desk.Cluster.Apply(6);
            return Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        };
        await PassAsync(Pause, ready: true);
        Assert.Equal(ExecutionState.Unknown, _desk.Newest.State);
        _desk.Cluster.Scaling = null;

        await PassAsync(ReadBackRule.SettlesWithin, ready: true);
        await PassAsync(TimeSpan.FromSeconds(1), ready: true);

        Assert.Equal([5, 6], _desk.Cluster.Sent);
        Assert.Equal((ExecutionState.Stepping, 2), (_desk.Newest.State, _desk.Newest.StepsMade));
    }

    [Fact]
    public async Task Person_stops_it_between_two_steps_and_what_is_made_stays()
    {
        var execution = await BeginAsync();

        var stopped = Assert.IsType<DecisionOutcome.Recorded>(await _desk.Cancelling.HandleAsync(execution.Id, "enough", Runs.Ines, CancellationToken.None)).Execution;
        await PassAsync(Pause, ready: true);

        Assert.Equal((ExecutionState.Stopped, "stopped by Ines Duarte"), (stopped.State, stopped.Note));
        Assert.Equal([5], _desk.Cluster.Sent);
        Assert.IsType<ActionRefusal.TooLateToCancel>(
            Assert.IsType<DecisionOutcome.Refused>(await _desk.Cancelling.HandleAsync(execution.Id, null, Runs.Ines, CancellationToken.None)).Why);
    }

    [Fact]
    public async Task Stop_asked_for_while_a_step_is_on_its_way_does_not_cost_the_step_its_outcome()
    {
        var execution = await BeginAsync();
        _desk.Cluster.Scaling = async _ =>
        {
            await _desk.Cancelling.HandleAsync(execution.Id, null, Runs.Ines, CancellationToken.None);
            return _desk.Cluster.Apply(6);
        };

        await PassAsync(Pause, ready: true);

        Assert.Equal([5, 6], _desk.Cluster.Sent);
        Assert.Equal((ExecutionState.Stopped, 2, "stopped by Ines Duarte"), (_desk.Newest.State, _desk.Newest.StepsMade, _desk.Newest.Note));
    }

    [Fact]
    public async Task Drain_of_the_estate_goes_down_step_by_step_and_the_restore_knows_the_count()
    {
        await using var desk = await EmbeddedDesk.OpenAsync();
        var asked = await desk.RunAsync("planned-maintenance", "drain", new InputValue("workload", "user"));
        await desk.Approvals.ApproveAsync(asked.Id, 1, Runs.Ines, CancellationToken.None);
        var seen = new List<int>();
        await desk.UntilAsync(() =>
        {
            var now = desk.Estate(estate => estate.Cluster.Find("quantx-production", "user")!.Replicas);
            if (seen.LastOrDefault(-1) != now) seen.Add(now);
            return desk.StateOf(asked) == ExecutionState.EffectSeen;
        }, TimeSpan.FromMinutes(3));

        Assert.Equal([2, 1, 0], seen);
        var offers = await desk.Choices.HandleAsync("planned-maintenance", "restore", [new("workload", "user")], Runs.Sam, CancellationToken.None);
        Assert.Equal("3", offers.Single(offer => offer.Input.Name == "remembered").Known);
        var restore = await desk.RunAsync("planned-maintenance", "restore", new InputValue("workload", "user"), new InputValue("remembered", "3"));
        await desk.UntilAsync(() => desk.StateOf(restore) == ExecutionState.Recovered, TimeSpan.FromMinutes(15));
        Assert.Equal(3, desk.Estate(estate => estate.Cluster.Find("quantx-production", "user")!.ReadyReplicas));
    }

    private async Task<Execution> BeginAsync()
    {
        var execution = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(await _desk.PreviewAsync(action: "restore"))).Execution;
        await _desk.CatchUpAsync();
        return execution;
    }

    /// <summary>Time passes, pods get ready or do not, and the supervisor does its round.</summary>
    private async Task PassAsync(TimeSpan time, bool ready)
    {
        _desk.Clock.Advance(time);
        if (ready) _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = _desk.Cluster.Workload.Replicas };
        _desk.Observe();
        await _desk.SuperviseAsync();
    }
}
