using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Recording;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Executing;

/// <summary>Storage, cluster and process fail at every step: no intent is lost, nothing is sent twice, nothing is claimed that is not so.</summary>
public sealed class LostAnswersTests : IAsyncLifetime
{
    private const int Request = 1, Claim = 2, Intent = 3, Outcome = 4;

    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Theory]
    [InlineData(Request, (int)AppendFault.LostBefore)]
    [InlineData(Request, (int)AppendFault.LostAfter)]
    [InlineData(Claim, (int)AppendFault.LostBefore)]
    [InlineData(Claim, (int)AppendFault.LostAfter)]
    [InlineData(Intent, (int)AppendFault.LostBefore)]
    [InlineData(Intent, (int)AppendFault.LostAfter)]
    public async Task Storage_lost_before_the_intent_is_known_to_be_recorded_sends_nothing(int step, int fault)
    {
        _desk.Store.Fault = append => append == step ? (AppendFault)fault : AppendFault.None;

        var refused = Assert.IsType<ConfirmOutcome.Refused>(await _desk.ConfirmAsync(await _desk.PreviewAsync()));

        Assert.Equal("Nothing was done: the cockpit cannot record it (The disk of the database is full). Copy the command if it cannot wait.", refused.Why.Sentence);
        Assert.Empty(_desk.Cluster.Sent);
        await AssertClosedAsync(ExecutionState.Refused);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Storage_down_from_the_start_refuses()
    {
        var preview = await _desk.PreviewAsync();
        _desk.Store.IsDown = true;

        Assert.Equal(new ConfirmOutcome.Refused(new ActionRefusal.StorageDown(MemoryEventStore.Reason)), await _desk.ConfirmAsync(preview));
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Storage_lost_after_sending_never_says_that_nothing_was_done()
    {
        _desk.Store.Before = append =>
        {
            _desk.Store.IsDown = append >= Outcome;
            return Task.CompletedTask;
        };

        var execution = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(await _desk.PreviewAsync())).Execution;

        Assert.Equal((ExecutionState.Accepted, "bondx/websocket-manager asks for 8 replicas"), (execution.State, execution.Note));
        Assert.Equal([8], _desk.Cluster.Sent);
        Assert.Equal("execution.dispatch-intended", _desk.Store.Entries[^1].Type);

        _desk.Store.Before = _ => Task.CompletedTask;
        _desk.Store.IsDown = false;
        await AssertClosedAsync(ExecutionState.Accepted);
        Assert.Equal("Read back: the target asks for 8 replicas", _desk.Book.Recent[0].Steps[^1].Text);
    }

    [Fact]
    public async Task Intent_that_somebody_else_closed_first_is_not_sent()
    {
        var preview = await _desk.PreviewAsync();
        var stream = new StreamId(Ledger.ExecutionKind, preview.Id);
        _desk.Store.Before = async append =>
        {
            if (append != Intent) return;
            await _desk.Store.AppendAsync(stream, 2, [Ledger.Write(new ExecutionEvent.Refused("Nothing was sent."), Actor.System)], CancellationToken.None);
        };

        var execution = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(preview)).Execution;

        Assert.Equal(ExecutionState.Refused, execution.State);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Cluster_that_hangs_after_taking_it_is_unknown_and_read_back()
    {
        var taken = new TaskCompletionSource();
        _desk.Cluster.Scaling = _ =>
        {
            _desk.Cluster.Apply(8);
            taken.SetResult();
            return FakeCluster.Never;
        };
        var confirming = _desk.ConfirmAsync(await _desk.PreviewAsync());
        await taken.Task;
        _desk.Clock.Advance(ActionDispatcher.DispatchTimeout);

        var execution = Assert.IsType<ConfirmOutcome.Started>(await confirming.WaitAsync(TimeSpan.FromSeconds(10))).Execution;
        Assert.Equal((ExecutionState.Unknown, "the cluster did not answer within 10\u202Fs"), (execution.State, execution.Note));

        await _desk.SuperviseAsync();

        Assert.Equal((ExecutionState.Accepted, "the target asks for 8 replicas"), (_desk.Book.Recent[0].State, _desk.Book.Recent[0].Note));
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Cluster_that_hangs_without_taking_it_is_not_done_once_it_has_settled()
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        Assert.Equal(ExecutionState.Unknown, (await _desk.RunAsync()).State);

        await _desk.SuperviseAsync();
        Assert.Equal(ExecutionState.Unknown, _desk.Book.Recent[0].State);

        _desk.Clock.Advance(ReadBackRule.SettlesWithin);
        await _desk.SuperviseAsync();
        Assert.Equal((ExecutionState.Refused, "the target still asks for 4 replicas; nothing was changed"), (_desk.Book.Recent[0].State, _desk.Book.Recent[0].Note));
    }

    [Theory]
    [InlineData("uid-2", 8, "the target was deleted and created again")]
    [InlineData("uid-1", 6, "the target asks for 6 replicas, set by somebody else")]
    public async Task Lost_answer_is_not_taken_for_a_success_when_somebody_else_was_there(string uid, int replicas, string found)
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        await _desk.RunAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Uid = uid, Replicas = replicas };
        _desk.Clock.Advance(ReadBackRule.SettlesWithin);

        await _desk.SuperviseAsync();

        Assert.Equal((ExecutionState.Refused, found), (_desk.Book.Recent[0].State, _desk.Book.Recent[0].Note));
    }

    [Fact]
    public async Task Lost_answer_stays_unknown_while_the_cluster_cannot_be_asked()
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        await _desk.RunAsync();
        _desk.Cluster.Reading = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection refused"));
        _desk.Clock.Advance(TimeSpan.FromHours(1));

        await _desk.SuperviseAsync();

        Assert.Equal(ExecutionState.Unknown, _desk.Book.Recent[0].State);
    }

    [Fact]
    public async Task Pod_that_moves_only_the_targets_version_does_not_stop_the_scale()
    {
        var asked = 0;
        _desk.Cluster.Scaling = _ => Task.FromResult(++asked == 1 ? new ClusterAnswer.Conflict("modified") : _desk.Cluster.Apply(8));

        var execution = await _desk.RunAsync();

        Assert.Equal((ExecutionState.Accepted, 2), (execution.State, asked));
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Somebody_who_changed_the_target_in_that_moment_is_not_overwritten()
    {
        var asked = 0;
        _desk.Cluster.Scaling = _ =>
        {
            asked++;
            _desk.Cluster.Apply(6);
            return Task.FromResult<ClusterAnswer>(new ClusterAnswer.Conflict("modified"));
        };

        var execution = await _desk.RunAsync();

        Assert.Equal((ExecutionState.Refused, 1), (execution.State, asked));
        Assert.Equal([6], _desk.Cluster.Sent);
    }

    public static TheoryData<ClusterAnswer, string> Refusals => new()
    {
        { new ClusterAnswer.Conflict("modified"), "somebody changed it in this very moment (modified)" },
        { new ClusterAnswer.Forbidden("rbac"), "the cockpit's account may not do this (rbac)" },
        { new ClusterAnswer.Unauthenticated("expired"), "the cluster does not know the cockpit's credentials (expired)" },
        { new ClusterAnswer.NotFound("gone"), "there is no such object (gone)" },
        { new ClusterAnswer.Invalid("exceeded quota"), "exceeded quota" },
        { new ClusterAnswer.Throttled("slow down", TimeSpan.FromSeconds(3)), "the cluster asks to come back in 3\u202Fs" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Cluster_that_refuses_is_quoted_and_may_be_asked_again_at_once(ClusterAnswer answer, string note)
    {
        _desk.Cluster.Scaling = _ => Task.FromResult(answer);

        var execution = await _desk.RunAsync();

        Assert.Equal((ExecutionState.Refused, note), (execution.State, execution.Note));
        _desk.Cluster.Scaling = null;
        await _desk.CatchUpAsync();
        Assert.Equal(ExecutionState.Accepted, (await _desk.RunAsync()).State);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Theory]
    [InlineData(Request, (int)AppendFault.CrashBefore, null, 0)]
    [InlineData(Request, (int)AppendFault.CrashAfter, ExecutionState.Refused, 0)]
    [InlineData(Claim, (int)AppendFault.CrashBefore, ExecutionState.Refused, 0)]
    [InlineData(Claim, (int)AppendFault.CrashAfter, ExecutionState.Refused, 0)]
    [InlineData(Intent, (int)AppendFault.CrashBefore, ExecutionState.Refused, 0)]
    [InlineData(Intent, (int)AppendFault.CrashAfter, ExecutionState.Refused, 0)]
    [InlineData(Outcome, (int)AppendFault.CrashBefore, ExecutionState.Accepted, 1)]
    [InlineData(Outcome, (int)AppendFault.CrashAfter, ExecutionState.Accepted, 1)]
    public async Task Crash_at_any_step_loses_no_intent_and_sends_nothing_twice(int step, int fault, ExecutionState? end, int sent)
    {
        _desk.Store.Fault = append => append == step ? (AppendFault)fault : AppendFault.None;
        var preview = await _desk.PreviewAsync();
        await Assert.ThrowsAsync<CrashException>(() => _desk.ConfirmAsync(preview));
        _desk.Store.Fault = _ => AppendFault.None;

        _desk = await _desk.RestartAsync();

        await AssertClosedAsync(end);
        Assert.Equal(sent, _desk.Cluster.Sent.Count);
        if (end is null) Assert.Equal(new ConfirmOutcome.Refused(new ActionRefusal.PreviewGone()), await _desk.ConfirmAsync(preview));
        else Assert.Equal(end, Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(preview)).Execution.State);
        Assert.Equal(sent, _desk.Cluster.Sent.Count);
    }

    [Fact]
    public async Task Clock_that_went_back_since_a_crash_does_not_keep_the_outcome_from_being_asked_for()
    {
        _desk.Store.Fault = append => append == Intent ? AppendFault.CrashAfter : AppendFault.None;
        var preview = await _desk.PreviewAsync();
        await Assert.ThrowsAsync<CrashException>(() => _desk.ConfirmAsync(preview));
        _desk.Store.Fault = _ => AppendFault.None;
        _desk.Clock.Jump(-TimeSpan.FromHours(1));
        _desk = await _desk.RestartAsync();

        await _desk.SuperviseAsync();

        Assert.Equal((ExecutionState.Unknown, "the cockpit stopped while sending it"), (_desk.Newest.State, _desk.Newest.Note));
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Theory]
    [InlineData(Intent, (int)AppendFault.CrashAfter, 0)]
    [InlineData(Outcome, (int)AppendFault.CrashBefore, 1)]
    public async Task What_cannot_be_read_back_is_sent_at_most_once_and_stays_unknown_until_a_person_says(int step, int fault, int sent)
    {
        _desk.Store.Fault = append => append == step ? (AppendFault)fault : AppendFault.None;
        var preview = await _desk.PreviewAsync(action: "unreadable");
        await Assert.ThrowsAsync<CrashException>(() => _desk.ConfirmAsync(preview));
        _desk.Store.Fault = _ => AppendFault.None;
        _desk = await _desk.RestartAsync();

        await AssertClosedAsync(ExecutionState.Unknown);
        Assert.Equal(ExecutionState.Unknown, Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(preview)).Execution.State);
        Assert.True(_desk.Newest.HoldsTarget);
        Assert.Equal(sent, _desk.Cluster.Sent.Count);

        var closed = await _desk.Resolving.HandleAsync(preview.Id, sent == 1, "I looked", Runs.Ada, CancellationToken.None);
        Assert.Equal(
            sent == 1 ? ExecutionState.EffectSeen : ExecutionState.Refused, Assert.IsType<DecisionOutcome.Recorded>(closed).Execution.State);
        await _desk.SuperviseAsync();
        Assert.Equal(sent, _desk.Cluster.Sent.Count);
    }

    /// <summary>The supervisor, given time, brings what was left behind to this state; null when nothing was left behind.</summary>
    private async Task AssertClosedAsync(ExecutionState? expected)
    {
        for (var round = 0; round < 4; round++)
        {
            _desk.Clock.Advance(TimeSpan.FromSeconds(21));
            await _desk.SuperviseAsync();
        }

        if (expected is null || _desk.Store.Entries.IsEmpty) Assert.Empty(_desk.Book.Recent);
        else Assert.Equal([expected.Value], _desk.Book.Recent.Select(execution => execution.State));
    }
}
