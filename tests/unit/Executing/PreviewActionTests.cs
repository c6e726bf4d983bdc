using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

public sealed class PreviewActionTests : IAsyncLifetime
{
    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Preview_lays_the_action_open_and_changes_nothing()
    {
        var preview = await _desk.PreviewAsync();

        Assert.True(preview.MayRun);
        Assert.Equal(
            new ActionPreview(
                preview.Id, Tiles.WebSocket, "scale-out", "Scale out the WebSocket managers 4 → 8", ActionKind.ScaleOut,
                new ActionTarget(TargetKind.Deployment, "bondx", "websocket-manager", null), ReadBack.Value, preview.Inputs,
                new PinnedTarget("v1", "uid-1", 7, [new FieldChange("replicas", "4", "8")]), Platform.Now, Platform.Now.AddMinutes(1), preview.Guards, preview.Evidence,
                new DryRunResult(true, "The server admits the change."), preview.Diff, "Connections spread over twice the managers.",
                "Nobody is disconnected.", "Scale back.", "kubectl scale deployment websocket-manager -n bondx --replicas=8",
                ActionRisk.Medium, NeedsReason: false),
            preview);
        Assert.Equal(["  # bondx/websocket-manager", "  spec:", "-   replicas: 4", "+   replicas: 8"], preview.Diff.Select(line => $"{line.Sign} {line.Text}"));
        Assert.Equal(new Evidence("Connections above 80 % of capacity", "91\u202F%", "> 80\u202F%", Verdict.Holds), preview.Evidence[0]);
        Assert.Empty(_desk.Cluster.Sent);
        Assert.Empty(_desk.Store.Entries);
    }

    [Fact]
    public async Task Preview_needs_somebody_who_may_look()
    {
        await AssertRefusedAsync(new ActionRefusal.NotSignedIn(), null);
        await AssertRefusedAsync(new ActionRefusal.NotSignedIn(), Runs.Sam with { Roles = [] });
    }

    [Fact]
    public async Task Preview_of_what_the_catalog_does_not_hold_is_refused_by_name()
    {
        await AssertRefusedAsync(new ActionRefusal.NoSuchAction(Tiles.WebSocket, "nothing"), Runs.Sam, "nothing");
        await AssertRefusedAsync(new ActionRefusal.NoSuchAction("nothing", "scale-out"), Runs.Sam, card: "nothing");
    }

    [Fact]
    public async Task Preview_of_what_the_cockpit_cannot_do_gives_the_command() => await AssertRefusedAsync(
        new ActionRefusal.NotRunnable("kubectl scale deployment websocket-manager -n bondx --replicas=8"), Runs.Sam, "undo");

    [Fact]
    public async Task Viewer_sees_the_preview_and_why_it_may_not_run()
    {
        var preview = await _desk.PreviewAsync(Runs.Erin);

        Assert.Equal("Erin Vale is not a responder. Ask one to run it, or copy the command.", preview.Refusals.First().Reason);
        Assert.Equal(0, _desk.Cluster.DryRuns);
    }

    [Fact]
    public async Task Refusing_server_is_quoted()
    {
        _desk.Cluster.Trying = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Invalid("exceeded quota"));

        var preview = await _desk.PreviewAsync();

        Assert.Equal([GuardVerdict.Refuse("The dry run is accepted", "The server refuses: exceeded quota")], preview.Refusals);
        Assert.Equal(new DryRunResult(false, "exceeded quota"), preview.DryRun);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cluster_that_hangs_refuses_with_that_reason_instead_of_waiting(bool onRead)
    {
        var asked = new TaskCompletionSource();
        Task<ClusterAnswer> Hang(CancellationToken token)
        {
            asked.SetResult();
            return FakeCluster.Never;
        }

        if (onRead) _desk.Cluster.Reading = Hang;
        else _desk.Cluster.Trying = Hang;
        var previewing = _desk.PreviewAsync();
        await asked.Task;
        _desk.Clock.Advance(TimeSpan.FromSeconds(4));

        var preview = await previewing.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Contains(preview.Refusals, refusal => refusal.Reason.Contains("the cluster did not answer within 4\u202Fs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_evidence_raises_the_risk_and_asks_for_a_reason()
    {
        _desk.Observe(Platform.Metrics((SignalIds.Connections, null)));

        var preview = await _desk.PreviewAsync();

        Assert.Equal((true, ActionRisk.High, true), (preview.MayRun, preview.Risk, preview.NeedsReason));
    }

    [Fact]
    public void Desk_forgets_old_previews_and_keeps_a_thousand_at_most()
    {
        var desk = new PreviewDesk(_desk.Clock);
        for (var i = 0; i < 1_100; i++) desk.Put(Runs.Preview with { Id = $"p-{i}", At = Platform.Now.AddMilliseconds(i) }, Runs.Sam);

        Assert.Null(desk.Find("p-99"));
        Assert.Equal("sam", desk.Find("p-100")!.Value.ActorId);

        _desk.Clock.Advance(TimeSpan.FromMinutes(11));
        desk.Put(Runs.Preview with { Id = "new", At = _desk.Clock.GetUtcNow() }, Runs.Sam);

        Assert.Null(desk.Find("p-1099"));
        Assert.NotNull(desk.Find("new"));
    }

    private async Task AssertRefusedAsync(ActionRefusal why, Actor? actor, string action = "scale-out", string card = Tiles.WebSocket) =>
        Assert.Equal(new PreviewOutcome.Refused(why), await _desk.AskAsync(actor, action, card));
}
