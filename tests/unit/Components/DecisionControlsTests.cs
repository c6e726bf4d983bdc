using System.Security.Claims;
using Bunit;
using Cockpit.Components.Cards;
using Cockpit.Components.Layout;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.Tests.Executing;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Components;

/// <summary>What a person can decide on the screen, and that the screen refuses with the sentence of the use case.</summary>
public sealed class DecisionControlsTests : BunitContext, IAsyncLifetime
{
    private Desk _desk = null!;
    private Actor? _me;

    public async Task InitializeAsync()
    {
        _desk = await Desk.OpenAsync();
        Services.AddSingleton(_desk.Approvals).AddSingleton(_desk.Cancelling).AddSingleton(_desk.Resolving).AddSingleton(_desk.Leases);
        Services.AddSingleton<IIdentities>(new Lookup(() => _me)).AddSingleton(new SecurityOptions { AnonymousViewers = true }).AddSingleton<CurrentActor>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _desk.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public async Task Approver_sees_what_who_why_and_the_difference_and_approves()
    {
        var view = Draw(await _desk.AskForApprovalAsync(), Runs.Ines);

        Assert.Contains("Sam Okafor asks to change bondx/websocket-manager: “clients suffer”", view.Find(".decide p").TextContent.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(["  # bondx/websocket-manager", "  spec:", "-   replicas: 4", "+   replicas: 8"], view.FindAll(".diff div").Select(line => line.TextContent));
        await view.Find("button.primary").ClickAsync(new());

        Assert.Equal([8], _desk.Cluster.Sent);
        await _desk.CatchUpAsync();
        Assert.Contains(_desk.Newest.Steps, step => step.Text == "Ines Duarte approved");
    }

    [Theory]
    [InlineData("sam", "You asked for this: another person must approve it.", 1)]
    [InlineData("erin", "Only an approver can answer.", 0)]
    [InlineData(null, "Sign in as an approver to answer.", 0)]
    public async Task Whoever_may_not_approve_is_told_why_and_has_no_button(string? who, string sentence, int buttons)
    {
        var view = Draw(await _desk.AskForApprovalAsync(), who is null ? null : await _desk.FindAsync(who, CancellationToken.None));

        Assert.Empty(view.FindAll("button.primary"));
        Assert.Equal(sentence, view.Find("p.faint").TextContent);
        Assert.Equal(buttons, view.FindAll("button").Count);
    }

    [Fact]
    public async Task Refusal_without_a_reason_is_refused_with_the_sentence_of_the_use_case()
    {
        var asked = await _desk.AskForApprovalAsync();
        var view = Draw(asked, Runs.Ines);

        await view.FindAll("button").Single(button => button.TextContent == "Refuse").ClickAsync(new());
        Assert.Equal(new ActionRefusal.ReasonNeeded("for refusing").Sentence, view.Find("[role=alert]").TextContent);
        view.Find("label input").Input("not today");
        await view.FindAll("button").Single(button => button.TextContent == "Refuse").ClickAsync(new());

        await _desk.CatchUpAsync();
        Assert.Equal("Ines Duarte refused: not today", _desk.Newest.Note);
    }

    [Fact]
    public async Task Role_that_was_taken_away_since_the_page_was_opened_refuses_on_the_screen_too()
    {
        var view = Draw(await _desk.AskForApprovalAsync(), Runs.Ines);
        _me = Runs.Ines with { Roles = [Role.Viewer] };

        await view.Find("button.primary").ClickAsync(new());

        Assert.Equal("Ines Duarte is not an approver. Ask one to look at it.", view.Find("[role=alert]").TextContent);
        Assert.Empty(_desk.Cluster.Sent);
    }

    [Fact]
    public async Task Only_an_administrator_can_break_the_glass()
    {
        var asked = await _desk.AskForApprovalAsync();
        Assert.Empty(Draw(asked, Runs.Ines).FindAll(".glass"));
        var view = Draw(asked, Runs.Ada);

        view.Find(".glass input").Input("nobody answers");
        await view.Find("button.danger").ClickAsync(new());

        Assert.Equal([8], _desk.Cluster.Sent);
        await _desk.CatchUpAsync();
        Assert.Contains("Glass broken by Ada Lindqvist.", Draw(_desk.Newest, Runs.Ada).Find("p.glass").TextContent, StringComparison.Ordinal);
        Assert.Equal(("glass", $"Glass broken by Ada Lindqvist: {asked.Title}"), (Attention.Of(_desk.Book.Recent).Single().Kind, Attention.Of(_desk.Book.Recent).Single().Text));
        Assert.Equal($"/runbooks/{asked.Preview.CardId}#execution-{asked.Id}", Attention.Of(_desk.Book.Recent, new HashSet<string> { asked.Preview.CardId }).Single().Path);
    }

    [Fact]
    public async Task Low_risk_shows_the_moment_to_cancel()
    {
        var held = Assert.IsType<ConfirmOutcome.Started>(await _desk.ConfirmAsync(await _desk.PreviewAsync(action: "scale-out-Low"))).Execution;
        var view = Draw(held, Runs.Sam);

        Assert.Equal(held.SendAt!.Value.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), view.Find("x-until").GetAttribute("at"));
        await view.FindAll("button").Single(button => button.TextContent == "Cancel it").ClickAsync(new());

        await _desk.CatchUpAsync();
        Assert.Equal(ExecutionState.Cancelled, _desk.Newest.State);
    }

    [Fact]
    public async Task Lease_counts_down_and_offers_to_extend_and_to_turn_back()
    {
        var run = await _desk.RunAsync();
        var view = Draw(run, Runs.Ada);

        Assert.Contains("Turned back by itself in", view.Find("[data-lease=open] p").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Extend by 2\u202Fh", "Turn back now"], view.FindAll("[data-lease] button").Select(button => button.TextContent));
        Assert.Empty(Draw(run, Runs.Erin).FindAll("[data-lease] button"));
        _me = Runs.Ada;
        await view.FindAll("[data-lease] button")[0].ClickAsync(new());

        Assert.Equal(new ActionRefusal.ReasonNeeded("for leaving it longer").Sentence, view.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Unknown_outcome_asks_a_person()
    {
        _desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset"));
        var lost = await _desk.RunAsync();
        Assert.Equal(("unknown", lost.Id), (Attention.Of([lost]).Single().Kind, Attention.Of([lost]).Single().Key));
        var view = Draw(lost, Runs.Sam);

        view.Find("label input").Input("the pods are there");
        await view.FindAll("button").Single(button => button.TextContent == "It was done").ClickAsync(new());

        await _desk.CatchUpAsync();
        Assert.Equal(ExecutionState.Accepted, _desk.Newest.State);
    }

    private IRenderedComponent<ExecutionView> Draw(Execution execution, Actor? me)
    {
        _me = me;
        var user = me is null ? new ClaimsPrincipal(new ClaimsIdentity()) : CurrentActor.PrincipalOf(me);
        return Render<ExecutionView>(parameters => parameters
            .AddCascadingValue(Task.FromResult(new AuthenticationState(user)))
            .Add(view => view.Execution, execution));
    }

    private sealed class Lookup(Func<Actor?> me) : IIdentities
    {
        public Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(me());

        public Task<Actor?> CheckPasswordAsync(string name, string password, CancellationToken cancellationToken) => Task.FromResult<Actor?>(null);
    }
}
