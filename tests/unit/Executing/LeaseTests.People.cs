using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

/// <summary>What people decide about a lease, and what it means for the card.</summary>
public sealed partial class LeaseTests
{
    [Fact]
    public async Task Person_extends_a_lease_once_by_its_length_with_a_reason()
    {
        var run = await RunToTheEndAsync();

        Assert.Equal(new ActionRefusal.ReasonNeeded("for leaving it longer"), Refused(await ExtendAsync(run, null)));
        var longer = Recorded(await ExtendAsync(run, "the market is still busy"));
        Assert.Equal((run.Lease!.Until + TwoHours, "Ada Lindqvist"), (longer.Lease!.Until, longer.Lease.ExtendedBy));
        Assert.Equal(new ActionRefusal.ExtendedAlready("Ada Lindqvist"), Refused(await ExtendAsync(run, "more")));

        await PassAsync(TwoHours, Quiet);
        Assert.Equal([8], _desk.Cluster.Sent);
        await PassAsync(TwoHours, Quiet);
        Assert.Equal([8, 4], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Person_turns_back_before_its_time_and_twice_is_once()
    {
        var run = await RunToTheEndAsync();
        _desk.Observe(Quiet);

        Recorded(await RevertAsync(run, null));
        Assert.Equal(new ActionRefusal.RevertUnderWay(), Refused(await RevertAsync(run, null)));
        await PassAsync(TimeSpan.FromSeconds(1), Quiet);

        Assert.Equal([8, 4], _desk.Cluster.Sent);
        Assert.IsType<ActionRefusal.NoLease>(Refused(await RevertAsync(run, null)));
    }

    [Fact]
    public async Task Turning_back_against_the_load_takes_a_reason()
    {
        var run = await RunToTheEndAsync();
        _desk.Observe();

        Assert.Contains("4 replicas would be used to 91", Refused(await RevertAsync(run, null)).Sentence, StringComparison.Ordinal);
        Recorded(await RevertAsync(run, "the node must go"));
        await PassAsync(TimeSpan.FromSeconds(1), Platform.Metrics());

        Assert.Equal([8, 4], _desk.Cluster.Sent);
    }

    [Fact]
    public async Task Viewer_neither_extends_nor_turns_back()
    {
        var run = await RunToTheEndAsync();

        Assert.IsType<ActionRefusal.RoleMissing>(Refused(await _desk.Leases.ExtendAsync(run.Id, "longer", Runs.Erin, CancellationToken.None)));
        Assert.IsType<ActionRefusal.RoleMissing>(Refused(await _desk.Leases.RevertAsync(run.Id, "now", Runs.Erin, CancellationToken.None)));
    }

    [Fact]
    public async Task Card_is_done_when_its_criteria_hold_and_its_leases_have_ended()
    {
        var run = await RunToTheEndAsync();
        var card = Cards.WebSocketCard.Seen(0.4, 0.05, Platform.Now);
        var done = card with { ExitCriteria = [.. card.ExitCriteria.Select(criterion => criterion with { Verdict = Domain.Cards.Verdict.Holds })] };

        Assert.Equal((true, false), (CardEnd.Of(done, _desk.Book.Recent).CriteriaHold, CardEnd.Of(done, _desk.Book.Recent).Done));
        await PassAsync(TwoHours, Quiet);
        Assert.True(CardEnd.Of(done, _desk.Book.Recent).Done);
        Assert.False(CardEnd.Of(card, _desk.Book.Recent).Done);
        Assert.False(_desk.Book.Find(run.Id)!.HoldsLease);
    }

    private Task<DecisionOutcome> ExtendAsync(Execution execution, string? reason) =>
        _desk.Leases.ExtendAsync(execution.Id, reason, Runs.Ada, CancellationToken.None);

    private Task<DecisionOutcome> RevertAsync(Execution execution, string? reason) =>
        _desk.Leases.RevertAsync(execution.Id, reason, Runs.Ada, CancellationToken.None);

    private static Execution Recorded(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Recorded>(outcome).Execution;

    private static ActionRefusal Refused(DecisionOutcome outcome) => Assert.IsType<DecisionOutcome.Refused>(outcome).Why;
}
