using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Estate;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;

namespace Cockpit.Tests.Executing;

/// <summary>No action of the catalog is left to be done by hand: each is laid open, tried and done on the simulated estate.</summary>
public sealed class EveryActionTests
{
    public static TheoryData<string, string> Changes => Names(action => action.Kind != ActionKind.Check);

    public static TheoryData<string, string> Questions => Names(action => action.Kind == ActionKind.Check);

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_is_laid_open_and_its_difference_shown(string owner, string action)
    {
        await using var desk = await EmbeddedDesk.OpenAsync();
        await PrepareAsync(desk, action);

        var preview = await desk.PreviewAsync(owner, action, await AnswersAsync(desk, owner, action));

        Assert.NotEmpty(preview.Diff);
        Assert.NotEqual("", preview.Pinned.Uid);
        Assert.DoesNotContain(preview.Guards, guard => guard.Reason.Contains("nobody can tell", StringComparison.Ordinal));
        Assert.DoesNotContain(preview.Refusals, refusal => refusal.Guard is not ("A symptom is present" or "The dry run is accepted"));
        Assert.DoesNotContain("{", preview.Command.Replace("{\"", "", StringComparison.Ordinal).Replace("[{", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_is_tried_and_made_and_seen(string owner, string name)
    {
        await using var desk = await EmbeddedDesk.OpenAsync();
        await PrepareAsync(desk, name);
        var inputs = await AnswersAsync(desk, owner, name);
        var action = ActionInputs.Fill(EmbeddedDesk.Find(owner, name), inputs);
        var target = desk.Targets.Find(action.Kind, action.Target.Kind)!;
        var plan = Done(await target.PlanAsync(action, inputs, default));
        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);

        var dryRun = await target.DryRunAsync(change, plan.State.Version, default);
        Done(await target.ApplyAsync(change, "e-1", plan.State.Version, default));

        Assert.Equal((action.DryRun == DryRun.Server, action.DryRun == DryRun.Server ? true : (bool?)null), (dryRun.Offered, dryRun.Accepted));
        await desk.PassAsync(TimeSpan.FromSeconds(5));
        var after = Done(await target.ObserveAsync(change, default));
        Assert.True(action.ReadBack switch
        {
            ReadBack.Value => after.Holds(change.Fields),
            ReadBack.Mark => after.Mark == "e-1",
            ReadBack.Role => !after.IsStill(change.Fields),
            ReadBack.UidGone => after.Uid != change.Uid,
            _ => true,
        });
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_that_holds_values_is_turned_back_by_its_inverse(string owner, string name)
    {
        await using var desk = await EmbeddedDesk.OpenAsync();
        await PrepareAsync(desk, name);
        var inputs = await AnswersAsync(desk, owner, name);
        var action = ActionInputs.Fill(EmbeddedDesk.Find(owner, name), inputs);
        if (action.ReadBack is not (ReadBack.Value or ReadBack.Mark)) return;
        var target = desk.Targets.Find(action.Kind, action.Target.Kind)!;
        var plan = Done(await target.PlanAsync(action, inputs, default));
        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);
        Done(await target.ApplyAsync(change, "e-1", plan.State.Version, default));
        await desk.PassAsync(TimeSpan.FromSeconds(5));

        var look = Done(await target.ObserveAsync(change, default));
        Done(await target.ApplyAsync(change.Inverse(), "e-2", look.Version, default));

        Assert.True(Done(await target.ObserveAsync(change, default)).IsStill(change.Fields));
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Check_gives_an_answer(string owner, string name)
    {
        await using var desk = await EmbeddedDesk.OpenAsync();

        var outcome = await desk.Checks.HandleAsync(owner, name, await AnswersAsync(desk, owner, name), Runs.Erin, default);

        var lines = Assert.IsType<CheckOutcome.Answered>(outcome).Answer.Lines;
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Good == false);
    }

    [Fact]
    public async Task Autoscaler_that_owns_the_count_is_asked_for_a_higher_minimum_instead()
    {
        await using var desk = await EmbeddedDesk.OpenAsync(EstateFault.DegradedWebSockets);
        await desk.UntilAsync(() => desk.Card("degraded-websockets").Matching > 0, TimeSpan.FromMinutes(30));
        desk.Estate(estate => estate.Cluster.SetAutoscaler("bondx", "websocket-manager", new Autoscaler("ws", 4, 10)));

        var refused = await desk.PreviewAsync("degraded-websockets", "scale-out");
        var raised = await desk.RunAsync("degraded-websockets", "scale-out", ActionInputs.RaiseMinimum);
        await desk.UntilAsync(() => desk.StateOf(raised) == ExecutionState.Recovered, TimeSpan.FromMinutes(14));

        Assert.Equal([GuardList.AutoscalerGuard, "The dry run is accepted"], refused.Refusals.Select(refusal => refusal.Guard));
        Assert.Equal((ActionKind.RaiseMinimum, "Raise the autoscaler's minimum of websocket-manager 4 → 8"), (raised.Preview.Kind, raised.Preview.Title));
        Assert.Equal(8, desk.Estate(estate => estate.Cluster.Find("bondx", "websocket-manager")!.ReadyReplicas));
    }

    [Fact]
    public async Task Session_that_is_spared_goes_on_and_the_servers_own_are_never_offered()
    {
        await using var desk = await EmbeddedDesk.OpenAsync();
        var offers = await desk.Choices.HandleAsync("database-performance", "terminate", [], Runs.Sam, default);

        var choices = Assert.Single(offers).Choices;
        await desk.RunAsync("database-performance", "terminate", new InputValue("sessions", choices[0].Value));

        Assert.Equal(["4211", "4389"], choices.Select(choice => choice.Value.Split('@')[0]).Order());
        Assert.Equal([812, 977, 4389], desk.Estate(estate => estate.Postgres.Sessions.Select(session => session.Pid).ToArray()));
    }

    private static TheoryData<string, string> Names(Func<ActionDefinition, bool> wanted)
    {
        var names = new TheoryData<string, string>();
        foreach (var (owner, action) in EmbeddedDesk.AllActions.Where(each => wanted(each.Action))) names.Add(owner, action.Id);
        return names;
    }

    /// <summary>The state in which an action makes sense.</summary>
    private static async Task PrepareAsync(EmbeddedDesk desk, string action)
    {
        if (action is "scale-down") desk.Estate(estate => Scale(estate, "bondx", action == "scale-down" ? 8 : 4, "websocket-manager"));
        if (action is "scale-down") desk.Estate(estate => Scale(estate, "bondx", 4, "risk-engine"));
        if (action is "split" or "switch-to-green" or "stop-green") desk.Estate(estate => Scale(estate, "quantx-production", 3, "quantx-api-green"));
        if (action is "restore-blue") desk.Estate(estate => Scale(estate, "quantx-production", 0, "quantx-api-blue"));
        if (action is "switch-to-blue")
            desk.Estate(estate => estate.Cluster.SetSelector(
                "quantx-production", "quantx-api-service", new Dictionary<string, string> { ["app"] = "quantx-api", ["version"] = "green" }, null, dryRun: false));
        if (action is "roll-back") desk.Estate(estate => estate.Cluster.SetImage("quantx-production", "user", "quantx/user:2.7.0", null, dryRun: false));
        await desk.PassAsync(TimeSpan.FromSeconds(5));
        await desk.UntilAsync(() => desk.Estate(estate => estate.Cluster.Deployments.All(deployment => deployment.RolledOut)), TimeSpan.FromMinutes(10));
    }

    private static void Scale(SimulatedEstate estate, string space, int replicas, string name) => estate.Cluster.Scale(space, name, replicas, null, dryRun: false);

    /// <summary>The first answer that each input offers, workloads before what depends on them.</summary>
    private static async Task<ImmutableArray<InputValue>> AnswersAsync(EmbeddedDesk desk, string owner, string name)
    {
        ImmutableArray<InputValue> given = [];
        foreach (var input in EmbeddedDesk.Find(owner, name).Inputs)
        {
            var offer = (await desk.Choices.HandleAsync(owner, name, given, Runs.Sam, default)).Single(each => each.Input.Name == input.Name);
            Assert.Null(offer.Doubt);
            given = given.Add(new InputValue(input.Name, input.Kind switch
            {
                InputKind.Workload => "user",
                InputKind.Number => "5",
                InputKind.Text => "Saturday at four",
                _ => offer.Choices[0].Value,
            }));
        }

        return given;
    }

    private static T Done<T>(TargetAnswer<T> answer) => answer is TargetAnswer<T>.Failed failed
        ? throw new InvalidOperationException(failed.Why.Words)
        : Assert.IsType<TargetAnswer<T>.Done>(answer).Value;
}
