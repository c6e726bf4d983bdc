using System.Collections.Immutable;
using System.Reflection;
using Bunit;
using Cockpit.Api.V1;
using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

/// <summary>
/// Role × action × guard: whatever any guard says of anybody's action, the use case, the API's answer and the screen say the same, and
/// nothing is sent.
/// </summary>
public sealed class RefusalMatrixTests : BunitContext
{
    private static readonly ImmutableArray<Actor> Roles =
    [
        new("nobody", "Nobody", [], true), Runs.Erin, Runs.Sam, Runs.Noor, new("root", "Root", [Role.Viewer, Role.Admin], true), Runs.Robot with { Roles = [Role.Viewer] },
    ];

    private static readonly ImmutableArray<string> Actions = [.. Enum.GetNames<ActionRisk>().Select(risk => $"scale-out-{risk}"), "scale-out", "scale-to-6", Beyond];

    private const string Beyond = "scale-beyond";

    private const string None = "none";

    private const string Moved = "The preview is still true";

    /// <summary>Every circumstance in which a guard refuses, by the name of the guard.</summary>
    private static readonly Dictionary<string, Action<Desk>> Circumstances = new()
    {
        [None] = _ => { },
        [Moved] = _ => { },
        ["Nobody else is changing it"] = desk => desk.Cluster.Scaling = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection reset")),
        ["Target state is fresh"] = desk => desk.Cluster.Reading = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("connection refused")),
        ["A symptom is present"] = desk => desk.Observe(Platform.Metrics((SignalIds.Connections, 100))),
        ["Goes the way it is meant to"] = desk => desk.Cluster.Workload = desk.Cluster.Workload with { Replicas = 8, ReadyReplicas = 8 },
        ["No autoscaler will undo it"] = desk => desk.Cluster.Workload = desk.Cluster.Workload with { Autoscaler = new Autoscaler("ws", 4, 6) },
        ["The dry run is accepted"] = desk => desk.Cluster.Trying = _ => Task.FromResult<ClusterAnswer>(new ClusterAnswer.Forbidden("rbac")),
    };

    public static TheoryData<string, string, string> All
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var actor in Roles)
                foreach (var action in Actions)
                    foreach (var circumstance in Circumstances.Keys) data.Add(actor.Id, action, circumstance);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_refusal_refuses_through_the_use_case_the_api_and_the_screen_alike(string who, string action, string circumstance)
    {
        var actor = Roles.Single(each => each.Id == who);
        await using var desk = await Desk.OpenAsync();
        Circumstances[circumstance](desk);
        if (circumstance == "Nobody else is changing it")
        {
            Assert.Equal(ExecutionState.Unknown, (await desk.RunAsync()).State);
            await desk.CatchUpAsync();
        }

        var recorded = desk.Store.Entries.Length;
        var asked = await desk.AskAsync(actor, action);
        if (!actor.May(Role.Viewer))
        {
            Assert.Equal("not-signed-in", Problems.TypeOf(Assert.IsType<PreviewOutcome.Refused>(asked).Why));
            return;
        }

        var preview = Assert.IsType<PreviewOutcome.Previewed>(asked).Preview;
        var mayRun = circumstance is None or Moved && actor.May(Role.Responder) && action != Beyond;
        Assert.Equal(mayRun, preview.MayRun);
        AssertScreenAgrees(preview);
        if (circumstance == Moved)
            desk.Cluster.Workload = desk.Cluster.Workload with { Replicas = 5, Generation = 8, ObservedGeneration = 8 };

        var outcome = await desk.ConfirmAsync(preview, actor, new Confirmation(true, preview.Target, "because"));
        if (mayRun && circumstance == None)
        {
            Assert.IsType<ConfirmOutcome.Started>(outcome);
            return;
        }

        var why = Assert.IsType<ActionRefusal.Guarded>(Assert.IsType<ConfirmOutcome.Refused>(outcome).Why);
        var refusing = why.Verdicts.Where(verdict => verdict.Outcome == GuardOutcome.Refuses).Select(verdict => verdict.Guard).ToHashSet();
        if (circumstance is not None) Assert.Contains(refusing, guard => guard == circumstance || guard == "You may run it" || action == Beyond);
        Assert.Equal(!actor.May(Role.Responder), refusing.Contains("You may run it"));
        if (action == Beyond && circumstance is not "Target state is fresh") Assert.Contains("Is inside its bounds", refusing);
        Assert.Equal("guarded", Problems.TypeOf(why));
        Assert.Empty(desk.Cluster.Sent);
        Assert.Equal(recorded, desk.Store.Entries.Length);
    }

    [Fact]
    public void Every_refusal_there_is_has_a_type_of_its_own_in_the_api()
    {
        var refusals = typeof(ActionRefusal).GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(typeof(ActionRefusal))).ToList();

        var types = refusals.Select(type => Problems.TypeOf((ActionRefusal)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))).ToList();

        Assert.DoesNotContain("refused", types);
        Assert.Equal(types.Count, types.Distinct().Count());
    }

    private void AssertScreenAgrees(ActionPreview preview)
    {
        var module = JSInterop.SetupModule("./Components/Cards/HoldButton.razor.js");
        module.SetupModule(invocation => invocation.Identifier == "hold").SetupVoid("stop");
        var panel = Render<PreviewPanel>(parameters => parameters.Add(view => view.Preview, preview));
        Assert.Equal(preview.MayRun, panel.FindAll("button.primary").Count == 1);
        foreach (var reason in GuardList.RefusalsOf(preview.Guards)) Assert.Contains(reason, panel.Find(".no").TextContent, StringComparison.Ordinal);
    }
}
