using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Paging;

namespace Cockpit.Tests.Executing;

/// <summary>What is critical waits for another person: who may answer, what is judged again, and what an administrator may do with nobody awake.</summary>
public sealed class ApprovalTests : IAsyncLifetime
{
    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Critical_action_waits_and_nothing_is_sent_before_another_person_approves()
    {
        var asked = await _desk.AskForApprovalAsync();

        Assert.Equal((ExecutionState.AwaitingApproval, ActionRisk.Critical), (asked.State, asked.Preview.Risk));
        Assert.Equal(new Approval(Platform.Now, Platform.Now + Approval.Waits, 1), asked.Approval);
        Assert.Empty(_desk.Cluster.Sent);

        _desk.Clock.Advance(TimeSpan.FromMinutes(5));
        _desk.Observe();
        var approved = Recorded(await ApproveAsync(asked, Runs.Ines));

        Assert.Equal(ExecutionState.Accepted, approved.State);
        Assert.Equal([8], _desk.Cluster.Sent);
        Assert.Contains(approved.Steps, step => step.Text == "Ines Duarte approved");
        Assert.Equal(
            ["execution.requested", "execution.confirmed", "execution.approval-asked", "execution.approved", "target.claimed", "execution.dispatch-intended", "execution.accepted"],
            _desk.Store.Types);
    }

    public static TheoryData<string, string?> Strangers => new()
    {
        { "sam", "Sam Okafor is not an approver. Ask one to look at it." },
        { "erin", "Erin Vale is not an approver. Ask one to look at it." },
        { "token-1", "A token is not a person: it cannot approve, refuse, break glass or say what became of an action, whatever its roles." },
        { "", "You are not signed in any more. Sign in and preview again." },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Whoever_is_no_approving_person_is_refused(string who, string? sentence)
    {
        var asked = await _desk.AskForApprovalAsync();
        var actor = await _desk.FindAsync(who, CancellationToken.None);

        Assert.Equal(sentence, Refused(await ApproveAsync(asked, actor)).Sentence);
        Assert.Equal(sentence, Refused(await _desk.Approvals.RefuseAsync(asked.Id, "no", actor, CancellationToken.None)).Sentence);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Nobody_approves_their_own_request()
    {
        var asked = await _desk.AskForApprovalAsync(Runs.Ines);

        Assert.Equal(new ActionRefusal.SelfApproval(), Refused(await ApproveAsync(asked, Runs.Ines)));
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Refusal_takes_a_reason_ends_it_and_tells_who()
    {
        var asked = await _desk.AskForApprovalAsync();

        Assert.Equal(new ActionRefusal.ReasonNeeded("for refusing"), Refused(await _desk.Approvals.RefuseAsync(asked.Id, " ", Runs.Ines, CancellationToken.None)));
        var refused = Recorded(await _desk.Approvals.RefuseAsync(asked.Id, "wait for the deploy", Runs.Ines, CancellationToken.None));

        Assert.Equal((ExecutionState.Refused, "Ines Duarte refused: wait for the deploy"), (refused.State, refused.Note));
        Assert.Equal(
            new ActionRefusal.NotWaiting("Ines Duarte refused, because “wait for the deploy”. Nothing was sent."), Refused(await ApproveAsync(asked, Runs.Noor)));
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Request_expires_after_a_quarter_of_an_hour_and_says_so()
    {
        var asked = await _desk.AskForApprovalAsync();
        _desk.Clock.Advance(Approval.Waits);
        _desk.Observe();

        Assert.Equal(new ActionRefusal.ApprovalOver(), Refused(await ApproveAsync(asked, Runs.Ines)));
        await _desk.SuperviseAsync();

        Assert.Equal((ExecutionState.Refused, "nobody approved in time"), (_desk.Newest.State, _desk.Newest.Note));
        Assert.Equal("execution.approval-expired", _desk.Store.Entries[^1].Type);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Clock_that_went_back_ends_the_request_instead_of_keeping_it_for_ever()
    {
        var asked = await _desk.AskForApprovalAsync();
        _desk.Clock.Jump(TimeSpan.FromHours(-1));
        _desk.Observe();

        Assert.Equal(new ActionRefusal.ApprovalOver(), Refused(await ApproveAsync(asked, Runs.Ines)));
        await _desk.SuperviseAsync();
        Assert.Equal(ExecutionState.Refused, _desk.Newest.State);
    }

    [Fact]
    public async Task What_changed_since_must_be_looked_at_and_approved_again()
    {
        var asked = await _desk.AskForApprovalAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Replicas = 5, ReadyReplicas = 5, Generation = 8, ObservedGeneration = 8 };
        _desk.Observe(Platform.Metrics((SignalIds.Connections, 15_000)));

        var told = Refused(await ApproveAsync(asked, Runs.Ines));

        Assert.Contains("Somebody changed it since", told.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("Look at it again, then approve it again.", told.Sentence, StringComparison.Ordinal);
        Assert.Empty(_desk.Cluster.Sent);
        await _desk.CatchUpAsync();
        var again = _desk.Newest;
        Assert.Equal((ExecutionState.AwaitingApproval, 2, asked.Id), (again.State, again.Approval!.Round, again.Id));
        Assert.Equal("5", again.Preview.Pinned.Fields[0].From);

        Assert.Equal(
            new ActionRefusal.ChangedSinceAsked("it was previewed again"),
            Refused(await _desk.Approvals.ApproveAsync(asked.Id, 1, Runs.Ines, CancellationToken.None)));
        Assert.Equal(ExecutionState.Accepted, Recorded(await _desk.Approvals.ApproveAsync(asked.Id, 2, Runs.Ines, CancellationToken.None)).State);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Guard_that_forbids_it_now_is_told_and_the_request_goes_on_waiting()
    {
        var asked = await _desk.AskForApprovalAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { Autoscaler = new Autoscaler("ws", 4, 6) };

        Assert.Contains("The autoscaler ws keeps 4 to 6", Refused(await ApproveAsync(asked, Runs.Ines)).Sentence, StringComparison.Ordinal);
        await _desk.CatchUpAsync();
        Assert.Equal(ExecutionState.AwaitingApproval, _desk.Newest.State);

        _desk.Cluster.Workload = _desk.Cluster.Workload with { Autoscaler = null };
        Assert.Equal(ExecutionState.Accepted, Recorded(await ApproveAsync(asked, Runs.Ines)).State);
    }

    [Fact]
    public async Task Requester_whose_role_was_taken_away_since_cannot_be_approved()
    {
        var asked = await _desk.AskForApprovalAsync();
        _desk.Changed["sam"] = Runs.Sam with { Roles = [Role.Viewer] };

        Assert.Contains("Sam Okafor is not a responder", Refused(await ApproveAsync(asked, Runs.Ines)).Sentence, StringComparison.Ordinal);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Of_two_approvers_at_once_one_wins_and_the_other_is_told_who()
    {
        var asked = await _desk.AskForApprovalAsync();
        var (waiting, both) = (2, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _desk.Cluster.Trying = async _ =>
        {
            if (Interlocked.Decrement(ref waiting) == 0) both.SetResult();
            await both.Task;
            return new ClusterAnswer.Accepted(_desk.Cluster.Workload, "100");
        };

        var outcomes = await Task.WhenAll(ApproveAsync(asked, Runs.Ines), ApproveAsync(asked, Runs.Noor)).WaitAsync(TimeSpan.FromSeconds(10));

        var winner = Assert.Single(outcomes.OfType<DecisionOutcome.Recorded>());
        var loser = Assert.Single(outcomes.OfType<DecisionOutcome.Refused>());
        var name = winner.Execution.Steps.Single(step => step.Text.EndsWith(" approved", StringComparison.Ordinal)).Text;
        Assert.Equal(new ActionRefusal.NotWaiting(name), loser.Why);
        Assert.Equal([8], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Request_does_not_hold_the_target_while_it_waits()
    {
        await _desk.AskForApprovalAsync();
        await _desk.CatchUpAsync();

        Assert.Equal(ExecutionState.Accepted, Assert.IsType<ConfirmOutcome.Started>(
            await _desk.ConfirmAsync(await _desk.PreviewAsync(Runs.Ada), Runs.Ada)).Execution.State);
    }

    [Fact]
    public async Task Administrator_with_nobody_awake_breaks_glass_and_every_approver_is_paged()
    {
        var asked = await _desk.AskForApprovalAsync(Runs.Ada);

        Assert.Equal(
            new ActionRefusal.ReasonNeeded("for going without a second person"),
            Refused(await _desk.Approvals.BreakGlassAsync(asked.Id, null, "", Runs.Ada, CancellationToken.None)));
        var broken = Recorded(await _desk.Approvals.BreakGlassAsync(asked.Id, 1, "nobody answers", Runs.Ada, CancellationToken.None));

        Assert.Equal((ExecutionState.Accepted, "nobody answers"), (broken.State, broken.GlassBroken));
        Assert.Equal([8], _desk.Cluster.Sent);
        await _desk.SuperviseAsync();
        await _desk.SuperviseAsync();
        var page = Assert.Single(_desk.Pager.Pages);
        Assert.Contains("Ada Lindqvist broke glass to scale out the WebSocket managers 4 → 8 on bondx/websocket-manager: nobody answers", page.Text, StringComparison.Ordinal);
        Assert.Equal("Paged Ines Duarte", _desk.Newest.Steps[^1].Text);
    }

    [Theory]
    [InlineData("sam", "Sam Okafor is not an admin. Only an admin may go without a second person.")]
    [InlineData("ines", "Ines Duarte is not an admin. Only an admin may go without a second person.")]
    [InlineData("token-1", "A token is not a person: it cannot approve, refuse, break glass or say what became of an action, whatever its roles.")]
    public async Task Nobody_but_an_administrator_breaks_glass(string who, string sentence)
    {
        var asked = await _desk.AskForApprovalAsync();
        var actor = await _desk.FindAsync(who, CancellationToken.None);

        Assert.Equal(sentence, Refused(await _desk.Approvals.BreakGlassAsync(asked.Id, null, "now", actor, CancellationToken.None)).Sentence);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Page_that_reaches_nobody_is_recorded_all_the_same()
    {
        var asked = await _desk.AskForApprovalAsync();
        _desk.Pager.Paging = _ => Task.FromResult(new PageResult([], "no way to page people is configured"));
        await _desk.Approvals.BreakGlassAsync(asked.Id, null, "nobody answers", Runs.Ada, CancellationToken.None);

        await _desk.SuperviseAsync();
        await _desk.SuperviseAsync();

        Assert.Contains(_desk.Newest.Steps, step => step.Text == "Nobody could be paged: no way to page people is configured");
        Assert.Null(_desk.Newest.PageDue);
    }

    [Fact]
    public async Task Storage_lost_between_approval_and_intent_sends_nothing()
    {
        var asked = await _desk.AskForApprovalAsync();
        var appends = 0;
        _desk.Store.Before = _ =>
        {
            _desk.Store.IsDown = ++appends > 1;
            return Task.CompletedTask;
        };

        Assert.IsType<ActionRefusal.StorageDown>(Refused(await ApproveAsync(asked, Runs.Ines)));

        _desk.Store.Before = _ => Task.CompletedTask;
        _desk.Store.IsDown = false;
        _desk.Clock.Advance(TimeSpan.FromSeconds(21));
        await _desk.SuperviseAsync();
        Assert.Equal((ExecutionState.Refused, "The cockpit stopped before sending it. Nothing was sent."), (_desk.Newest.State, _desk.Newest.Note));
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Theory]
    [InlineData("no-such-one")]
    [InlineData("../etc")]
    [InlineData("")]
    public async Task Execution_that_does_not_exist_is_said_not_to(string id) => Assert.Equal(
        new ActionRefusal.NoSuchExecution(), Refused(await _desk.Approvals.ApproveAsync(id, null, Runs.Ines, CancellationToken.None)));

    private Task<DecisionOutcome> ApproveAsync(Execution execution, Actor? actor) =>
        _desk.Approvals.ApproveAsync(execution.Id, null, actor, CancellationToken.None);

    private static Execution Recorded(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Recorded>(outcome).Execution;

    private static ActionRefusal Refused(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Refused>(outcome).Why;
}
