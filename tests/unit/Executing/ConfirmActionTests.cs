using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

public sealed class ConfirmActionTests : IAsyncLifetime
{
    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Confirmed_action_is_recorded_before_it_is_sent_and_sent_once()
    {
        string[] recorded = [];
        _desk.Cluster.Scaling = _ =>
        {
            recorded = [.. _desk.Store.Types];
            return Task.FromResult(_desk.Cluster.Apply(8));
        };

        var execution = await _desk.RunAsync();

        Assert.Equal(["execution.requested", "execution.confirmed", "target.claimed", "execution.dispatch-intended"], recorded);
        Assert.Equal("execution.accepted", _desk.Store.Entries[^1].Type);
        Assert.Equal((ExecutionState.Accepted, "Sam Okafor", 4L), (execution.State, execution.RequestedBy, execution.Version));
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Nobody_may_confirm() =>
        Assert.Equal(new ConfirmOutcome.Refused(new ActionRefusal.NotSignedIn()), await _desk.ConfirmAsNobodyAsync(await _desk.PreviewAsync()));

    [Fact]
    public async Task Preview_of_somebody_else_is_refused() => await AssertNothingDoneAsync(
        "This preview was made for somebody else. Make your own: guards judge the one who acts.",
        await _desk.ConfirmAsync(await _desk.PreviewAsync(Runs.Sam), Runs.Ada));

    [Fact]
    public async Task Preview_that_is_gone_is_refused() => await AssertNothingDoneAsync(
        "This preview is gone: previews last a minute and do not survive a restart. Preview again.", await _desk.ConfirmAsync(Runs.Preview));

    [Fact]
    public async Task Expired_preview_is_refused()
    {
        var preview = await _desk.PreviewAsync();
        _desk.Clock.Advance(ActionPreview.Validity);
        _desk.Observe();

        await AssertNothingDoneAsync("It has expired. Preview again: the platform may have moved on.", await _desk.ConfirmAsync(preview));
    }

    [Fact]
    public async Task Preview_that_is_no_longer_true_is_refused()
    {
        var preview = await _desk.PreviewAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Replicas = 5 };

        await AssertNothingDoneAsync("Somebody changed it since: it was 4, now it is 5. Preview again.", await _desk.ConfirmAsync(preview));
    }

    [Fact]
    public async Task Role_that_was_taken_away_since_the_preview_refuses() => await AssertNothingDoneAsync(
        "Sam Okafor is not a responder. Ask one to run it, or copy the command.",
        await _desk.ConfirmAsync(await _desk.PreviewAsync(), Runs.Sam with { Roles = [Role.Viewer] }));

    [Theory]
    [InlineData(ActionRisk.Low, false, null, null, null)]
    [InlineData(ActionRisk.Medium, false, null, null, "Hold the button to confirm.")]
    [InlineData(ActionRisk.Medium, true, null, null, null)]
    [InlineData(ActionRisk.High, true, null, "lag", "Type the target's name, bondx/websocket-manager, to confirm.")]
    [InlineData(ActionRisk.High, true, "websocket-manager", "lag", "Type the target's name, bondx/websocket-manager, to confirm.")]
    [InlineData(ActionRisk.High, false, "bondx/websocket-manager", " ", "Give a reason: a line that tomorrow's reader understands.")]
    [InlineData(ActionRisk.High, false, " bondx/websocket-manager ", "lag", null)]
    [InlineData(ActionRisk.Critical, true, null, "lag", "Type the target's name, bondx/websocket-manager, to confirm.")]
    [InlineData(ActionRisk.Critical, true, "bondx/websocket-manager", null, "Give a reason: a line that tomorrow's reader understands.")]
    [InlineData(ActionRisk.Critical, false, "bondx/websocket-manager", "lag", null)]
    public async Task Each_risk_asks_for_its_own_confirmation(ActionRisk risk, bool held, string? typed, string? reason, string? missing)
    {
        var preview = await _desk.PreviewAsync(action: $"scale-out-{risk}");

        var outcome = await _desk.ConfirmAsync(preview, how: new Confirmation(held, typed, reason));

        if (missing is not null) await AssertNothingDoneAsync(missing, outcome);
        else
        {
            var then = risk switch { ActionRisk.Low => ExecutionState.Cancellable, ActionRisk.Critical => ExecutionState.AwaitingApproval, _ => ExecutionState.Accepted };
            Assert.Equal((then, reason), (Started(outcome).State, Started(outcome).Reason));
        }
    }

    [Theory]
    [InlineData(null, "Give a reason for acting without full evidence.")]
    [InlineData("I see it in the logs", null)]
    public async Task Acting_on_missing_evidence_asks_for_a_reason(string? reason, string? missing)
    {
        _desk.Observe(Platform.Metrics((SignalIds.Connections, null)));
        var preview = await _desk.PreviewAsync(action: "scale-out-Low");

        var outcome = await _desk.ConfirmAsync(preview, how: new Confirmation(true, null, reason));

        if (missing is not null) await AssertNothingDoneAsync(missing, outcome);
        else Assert.Equal(ActionRisk.Medium, Started(outcome).Preview.Risk);
    }

    [Fact]
    public async Task Two_presses_at_once_are_one_execution()
    {
        var preview = await _desk.PreviewAsync();
        var both = Together(2);
        _desk.Cluster.Trying = async _ =>
        {
            await both();
            return new ClusterAnswer.Accepted(_desk.Cluster.Workload, "100");
        };

        var outcomes = await Task.WhenAll(_desk.ConfirmAsync(preview), _desk.ConfirmAsync(preview)).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([preview.Id, preview.Id], outcomes.Select(outcome => Started(outcome).Id));
        Assert.Single(_desk.Store.Types, "execution.requested");
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Press_after_it_ran_shows_the_same_execution()
    {
        var preview = await _desk.PreviewAsync();
        await _desk.ConfirmAsync(preview);
        await _desk.CatchUpAsync();

        Assert.Equal(ExecutionState.Accepted, Started(await _desk.ConfirmAsync(preview)).State);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Two_people_at_once_on_one_target_are_one_who_acts_and_one_who_is_told()
    {
        var (first, second) = (await _desk.PreviewAsync(Runs.Sam), await _desk.PreviewAsync(Runs.Ada, "scale-out-Medium"));
        var both = Together(2);
        _desk.Cluster.Trying = async _ =>
        {
            await both();
            return new ClusterAnswer.Accepted(_desk.Cluster.Workload, "100");
        };

        var outcomes = await Task.WhenAll(_desk.ConfirmAsync(first, Runs.Sam), _desk.ConfirmAsync(second, Runs.Ada)).WaitAsync(TimeSpan.FromSeconds(10));

        var executions = outcomes.Select(Started).OrderBy(execution => execution.State).ToList();
        Assert.Equal([ExecutionState.Accepted, ExecutionState.Refused], executions.Select(execution => execution.State));
        Assert.Equal("Somebody else began to change the target in the same moment.", executions[1].Note);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Second_person_a_moment_later_is_refused_by_the_guard()
    {
        var (first, second) = (await _desk.PreviewAsync(Runs.Sam), await _desk.PreviewAsync(Runs.Ada, "scale-out-Medium"));
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Accepted(_desk.Cluster.Workload with { Replicas = 8 }, "101"));
        await _desk.ConfirmAsync(first, Runs.Sam);

        var refused = Refused(await _desk.ConfirmAsync(second, Runs.Ada));

        Assert.Contains("by Sam Okafor holds bondx/websocket-manager", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_begun_is_finished_even_if_the_page_is_closed()
    {
        using var page = new CancellationTokenSource();
        var preview = await _desk.PreviewAsync();
        _desk.Cluster.Trying = async _ =>
        {
            await page.CancelAsync();
            return new ClusterAnswer.Accepted(_desk.Cluster.Workload, "100");
        };

        Assert.Equal(ExecutionState.Accepted, Started(await _desk.ConfirmAsync(preview, cancellationToken: page.Token)).State);
    }

    private static Func<Task> Together(int people)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return () =>
        {
            if (Interlocked.Decrement(ref people) == 0) all.SetResult();
            return all.Task;
        };
    }

    private static Execution Started(ConfirmOutcome outcome) => Assert.IsType<ConfirmOutcome.Started>(outcome).Execution;

    private static ActionRefusal Refused(ConfirmOutcome outcome) => Assert.IsType<ConfirmOutcome.Refused>(outcome).Why;

    private Task AssertNothingDoneAsync(string sentence, ConfirmOutcome outcome)
    {
        Assert.Equal(sentence, Refused(outcome).Sentence);
        Assert.Empty(_desk.Store.Entries);
        Assert.Empty(_desk.Cluster.Sent);
        return Task.CompletedTask;
    }
}
