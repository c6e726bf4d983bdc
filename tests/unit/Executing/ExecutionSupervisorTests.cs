using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Executing;

public sealed class ExecutionSupervisorTests : IAsyncLifetime
{
    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Accepted_action_is_followed_to_its_recovery()
    {
        await _desk.RunAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 6 };
        await AssertAfterAsync(ExecutionState.Accepted);

        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 8 };
        await AssertAfterAsync(ExecutionState.EffectSeen);
        await AssertAfterAsync(ExecutionState.Recovered);

        var execution = _desk.Book.Recent[0];
        Assert.StartsWith("As expected, ", execution.Steps[^2].Text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(3), execution.RecoveredAfter);
        Assert.Equal("45.5\u202F%", execution.Figures[0].Figure);
    }

    [Fact]
    public async Task Effect_that_was_seen_before_it_was_sent_proves_nothing()
    {
        _desk.Publish(Platform.Readings(Platform.Metrics((SignalIds.Connections, 23_000)), Platform.Cluster(Platform.Managers(8))));
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await _desk.RunAsync();

        await _desk.SuperviseAsync();

        Assert.Equal(ExecutionState.Accepted, _desk.Book.Recent[0].State);
    }

    [Fact]
    public async Task Deadline_that_passed_while_nobody_watched_proves_nothing_before_the_sources_speak()
    {
        await _desk.RunAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        _desk = await _desk.RestartAsync();

        await _desk.SuperviseAsync();
        _desk.Publish(Platform.Waiting);
        await _desk.SuperviseAsync();
        Assert.Equal(ExecutionState.Accepted, _desk.Book.Recent[0].State);

        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 8 };
        await AssertAfterAsync(ExecutionState.EffectSeen);
        await AssertAfterAsync(ExecutionState.Recovered);
    }

    [Fact]
    public async Task Effect_that_cannot_be_seen_in_time_is_missed()
    {
        await _desk.RunAsync();
        _desk.Cluster.Reading = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection refused"));
        _desk.Clock.Advance(Execution.EffectDeadline);
        await _desk.SuperviseAsync();

        Assert.Equal((ExecutionState.EffectMissed, "the target cannot be read"), (_desk.Book.Recent[0].State, _desk.Book.Recent[0].Note));
    }

    [Fact]
    public async Task Execution_that_cannot_be_followed_does_not_keep_others_waiting()
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        await _desk.RunAsync();
        var other = Runs.Preview with { Id = "other", On = Runs.Preview.On with { Name = "other" }, At = Platform.Now.AddSeconds(-1) };
        await _desk.Store.AppendAsync(new StreamId(Ledger.ExecutionKind, "other"), 0, [Ledger.Write(new ExecutionEvent.Requested(other), Runs.Ada)], CancellationToken.None);
        _desk.Cluster.Reading = _ => throw new InvalidOperationException("an answer that nobody understands");
        _desk.Clock.Advance(TimeSpan.FromSeconds(21));

        await _desk.SuperviseAsync();

        Assert.Equal(ExecutionState.Refused, _desk.Book.Find("other")!.State);
        Assert.Single(_desk.Book.Recent, execution => execution.State == ExecutionState.Unknown);
    }

    [Fact]
    public async Task Cluster_that_hangs_does_not_hold_up_the_round()
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        await _desk.RunAsync();
        var asked = new TaskCompletionSource();
        _desk.Cluster.Reading = _ =>
        {
            asked.SetResult();
            return FakeCluster.Never;
        };
        var round = _desk.SuperviseAsync();
        await asked.Task;
        _desk.Clock.Advance(ActionDispatcher.DispatchTimeout);

        await round.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(ExecutionState.Unknown, _desk.Book.Recent[0].State);
    }

    [Fact]
    public async Task Two_supervisors_record_each_fact_once()
    {
        await _desk.RunAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 8 };
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.Observe();

        await Task.WhenAll(_desk.SuperviseAsync(), _desk.SuperviseAsync());

        Assert.Single(_desk.Store.Types, "execution.effect-seen");
    }

    private async Task AssertAfterAsync(ExecutionState state)
    {
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.Observe();
        await _desk.SuperviseAsync();
        Assert.Equal(state, _desk.Book.Recent[0].State);
    }
}
