using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

/// <summary>Low risk is held back for a moment in which it can be cancelled; what nobody can read back is closed by a person.</summary>
public sealed class CancelTests : IAsyncLifetime
{
    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Low_risk_is_sent_when_its_moment_has_come_and_not_before()
    {
        await ClickAsync();
        _desk.Clock.Advance(Execution.CancelWindow - TimeSpan.FromSeconds(1));
        await _desk.SuperviseAsync();
        Assert.Equal(ExecutionState.Cancellable, _desk.Newest.State);
        Assert.Empty(_desk.Cluster.Sent);

        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await _desk.SuperviseAsync();

        Assert.Equal(ExecutionState.Accepted, _desk.Newest.State);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Cancelled_in_time_is_never_sent()
    {
        var held = await ClickAsync();

        var cancelled = Recorded(await CancelAsync(held, Runs.Sam));
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.SuperviseAsync();

        Assert.Equal((ExecutionState.Cancelled, "cancelled by Sam Okafor"), (cancelled.State, cancelled.Note));
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Sent_is_too_late_to_cancel()
    {
        var sent = await _desk.RunAsync();

        Assert.Equal(new ActionRefusal.TooLateToCancel("accepted, waiting for its effect"), Refused(await CancelAsync(sent, Runs.Sam)));
    }

    [Fact]
    public async Task Request_for_approval_can_be_taken_back_by_whoever_asked_and_by_any_responder()
    {
        var asked = await _desk.AskForApprovalAsync();

        Assert.Equal(new ActionRefusal.RoleMissing("Erin Vale", Role.Responder, "Ask one to cancel it."), Refused(await CancelAsync(asked, Runs.Erin)));
        Assert.Equal(ExecutionState.Cancelled, Recorded(await CancelAsync(asked, Runs.Ada)).State);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task Clock_that_jumps_sends_nothing_that_nobody_expects_any_more(int seconds)
    {
        await ClickAsync();
        _desk.Clock.Jump(TimeSpan.FromSeconds(seconds));
        _desk.Observe();

        await _desk.SuperviseAsync();

        Assert.Equal(ExecutionState.Refused, _desk.Newest.State);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Guards_judge_again_after_the_moment_to_cancel()
    {
        await ClickAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Replicas = 6 };
        _desk.Clock.Advance(Execution.CancelWindow);

        await _desk.SuperviseAsync();

        Assert.Equal(ExecutionState.Refused, _desk.Newest.State);
        Assert.Contains("Somebody changed it since", _desk.Newest.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, ExecutionState.Accepted)]
    [InlineData(false, ExecutionState.Refused)]
    public async Task Person_closes_what_nobody_can_read_back(bool done, ExecutionState state)
    {
        var unknown = await LoseAnswerAsync();

        Assert.Equal(new ActionRefusal.ReasonNeeded("how you know"), Refused(await ResolveAsync(unknown, done, "", Runs.Ada)));
        var closed = Recorded(await ResolveAsync(unknown, done, "I looked at the server", Runs.Ada));

        Assert.Equal((state, "I looked at the server"), (closed.State, closed.Note));
        Assert.IsType<ActionRefusal.NothingToResolve>(Refused(await ResolveAsync(unknown, done, "again", Runs.Ada)));
    }

    [Fact]
    public async Task Token_does_not_say_what_became_of_an_action() =>
        Assert.Equal(new ActionRefusal.NotAPerson(), Refused(await ResolveAsync(await LoseAnswerAsync(), true, "sure", Runs.Robot)));

    private async Task<Execution> ClickAsync()
    {
        var held = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(await _desk.PreviewAsync(action: "scale-out-Low"))).Execution;
        Assert.Equal((ExecutionState.Cancellable, held.RequestedAt + Execution.CancelWindow), (held.State, held.SendAt));
        return held;
    }

    private async Task<Execution> LoseAnswerAsync()
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        var lost = await _desk.RunAsync();
        Assert.Equal(ExecutionState.Unknown, lost.State);
        return lost;
    }

    private Task<DecisionOutcome> CancelAsync(Execution execution, Actor actor) => _desk.Cancelling.HandleAsync(execution.Id, null, actor, CancellationToken.None);

    private Task<DecisionOutcome> ResolveAsync(Execution execution, bool done, string note, Actor actor) =>
        _desk.Resolving.HandleAsync(execution.Id, done, note, actor, CancellationToken.None);

    private static Execution Recorded(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Recorded>(outcome).Execution;

    private static ActionRefusal Refused(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Refused>(outcome).Why;
}
