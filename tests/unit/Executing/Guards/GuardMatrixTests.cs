using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using Bunit;
using Cockpit.Components.Cards;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using static Cockpit.Tests.Api.V1.ApiCockpit;

namespace Cockpit.Tests.Executing.Guards;

/// <summary>
/// Role × action × guard, all of them: whatever a guard refuses is refused over HTTP and on the screen with the same sentence, the screen
/// offers nothing to press, nothing is recorded and nothing is sent.
/// </summary>
public sealed class GuardMatrixTests : BunitContext
{
    private const BindingFlags Anything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static TheoryData<string> Guards => [.. GuardRow.All.Keys];

    private static IEnumerable<Type> GuardTypes =>
        typeof(GuardList).Assembly.GetTypes().Where(type => type.Namespace == "Cockpit.Domain.Executions.Guards" && type.GetMethod("Judge", Anything) is not null);

    [Fact]
    public void Every_guard_there_is_has_a_row_and_is_asked()
    {
        var asked = ((ImmutableArray<Func<GuardContext, GuardVerdict?>>)typeof(GuardList).GetField("BeforeDryRun", Anything)!.GetValue(null)!)
            .Select(judge => judge.Method.DeclaringType!.Name).Append("DryRunIsAccepted").Append("PreviewIsStillTrue");

        Assert.Equal(GuardTypes.Select(type => type.Name).Order(), GuardRow.All.Keys.Order());
        Assert.Equal(GuardTypes.Select(type => type.Name).Order(), asked.Order());
        Assert.Equal(GuardTypes.ToDictionary(type => type.Name, type => type.GetField("Name", Anything)!.GetRawConstantValue()!),
            GuardRow.All.ToDictionary(row => row.Key, row => (object)row.Value.Sentence));
        Assert.All(GuardRow.All, row => Assert.Contains(GuardedCockpit.Actions, each => row.Value.Concerns(each.Action)));
    }

    [Fact]
    public async Task Nothing_refuses_whoever_may_when_nothing_speaks_against_it()
    {
        await using var cockpit = await GuardedCockpit.OpenAsync();
        foreach (var (owner, action) in GuardedCockpit.Actions)
        {
            var screen = await PreviewOnScreenAsync(cockpit, owner, action, Runs.Sam);

            Assert.Empty(screen.FindAll(".no, .refusal"));
            Assert.Single(screen.FindAll("button.primary"));
        }
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public async Task Every_refusal_refuses_over_http_and_on_the_screen_alike(string guard)
    {
        var row = GuardRow.All[guard];
        await using var cockpit = await GuardedCockpit.OpenAsync(row.Freezes);
        foreach (var (owner, action) in GuardedCockpit.Actions.Where(each => row.Concerns(each.Action))) await row.ArrangeEach(cockpit, owner, action);
        row.Arrange(cockpit);
        var recorded = cockpit.Store.Entries.Length;

        foreach (var (owner, action) in GuardedCockpit.Actions.Where(each => row.Concerns(each.Action)))
        {
            foreach (var actor in GuardedCockpit.Actors)
            {
                if (!row.Refuses(actor)) continue;
                if (!actor.May(Role.Viewer)) await AssertStrangerAsync(cockpit, owner, action, actor);
                else if (row.OnlyCosts) await AssertCostAsync(cockpit, owner, action, actor, row);
                else await AssertRefusedAsync(cockpit, owner, action, actor, row);
            }

            if (!row.OnlyCosts) await AssertScreenAsync(cockpit, owner, action, row.Refuses(Runs.Sam) ? Runs.Sam : Runs.Noor, row);
        }

        Assert.Equal(0, cockpit.Target.Sent);
        Assert.Equal(recorded, cockpit.Store.Entries.Length);
    }

    /// <summary>Whoever may not even look learns nothing, on either way.</summary>
    private static async Task AssertStrangerAsync(GuardedCockpit cockpit, string owner, ActionDefinition action, Actor actor)
    {
        Assert.Equal((401, "not-signed-in"), Of(await cockpit.PostAsync(actor, Previews(owner, action), Body(action))));
        Assert.IsType<ActionRefusal.NotSignedIn>(Assert.IsType<PreviewOutcome.Refused>(await cockpit.PreviewAsync(owner, action, actor)).Why);
    }

    private static async Task AssertRefusedAsync(GuardedCockpit cockpit, string owner, ActionDefinition action, Actor actor, GuardRow row)
    {
        var (_, shown) = await cockpit.PostAsync(actor, Previews(owner, action), Body(action));
        var ours = Assert.IsType<PreviewOutcome.Previewed>(await cockpit.PreviewAsync(owner, action, actor)).Preview;
        var story = $"{owner}/{action.Id} by {actor.Id}: {shown.ToJsonString()}";
        if (row.Meanwhile is null) Assert.True(Refusing(shown["guards"]!).Contains(row.Sentence) && !(bool)shown["mayRun"]!, story);
        Assert.Equal(ours.Refusals.Select(verdict => verdict.Guard), Refusing(shown["guards"]!));
        row.Meanwhile?.Invoke(cockpit);

        var (status, problem) = await cockpit.PostAsync(actor, "executions", new { preview = (string)shown["id"]!, held = true, typedTarget = (string)shown["target"]!, reason = "because" });
        var refused = Assert.IsType<ActionRefusal.Guarded>(Assert.IsType<ConfirmOutcome.Refused>(await cockpit.ConfirmAsync(ours, actor)).Why);

        row.Afterwards(cockpit);
        Assert.Equal((409, "guarded", refused.Sentence), (status, Problem(problem).Type, Problem(problem).Sentence));
        Assert.True(Refusing(problem["guards"]!).Contains(row.Sentence), story);
        Assert.True(Refusing(problem["guards"]!).Contains("You may run it") == !actor.May(Role.Responder), story);
    }

    /// <summary>What only raises the price is refused without the price, and named to whoever pays it.</summary>
    private static async Task AssertCostAsync(GuardedCockpit cockpit, string owner, ActionDefinition action, Actor actor, GuardRow row)
    {
        var (_, shown) = await cockpit.PostAsync(actor, Previews(owner, action), Body(action));
        Assert.Contains(shown["guards"]!.AsArray(), verdict => (string)verdict!["guard"]! == row.Sentence && (string)verdict["outcome"]! == "costs");
        Assert.True((bool)shown["needsReason"]! || (string)shown["risk"]! is "high" or "critical");
        var (_, problem) = await cockpit.PostAsync(actor, "executions", new { preview = (string)shown["id"]!, held = true, typedTarget = (string)shown["target"]! });
        Assert.Equal(actor.May(Role.Responder) ? "confirm-otherwise" : "guarded", Problem(problem).Type);
    }

    /// <summary>The screen says the same, and offers nothing to press; what was offered before the world moved is refused when it is pressed.</summary>
    private async Task AssertScreenAsync(GuardedCockpit cockpit, string owner, ActionDefinition action, Actor actor, GuardRow row)
    {
        var screen = await PreviewOnScreenAsync(cockpit, owner, action, actor);
        if (row.Meanwhile is null)
        {
            var (_, shown) = await cockpit.PostAsync(actor, Previews(owner, action), Body(action));
            var reasons = GuardList.RefusalsOf([.. shown["guards"]!.AsArray().Select(each => new GuardVerdict((string)each!["guard"]!,
                Enum.Parse<GuardOutcome>((string)each["outcome"]!, ignoreCase: true), (string)each["reason"]!))]);
            Assert.Equal($"It cannot run now. {string.Join(' ', reasons)}", screen.Find(".no").TextContent);
            Assert.Equal(Refusing(shown["guards"]!), screen.FindAll("li.refuses").Select(line => line.GetAttribute("data-guard")));
            Assert.Empty(screen.FindAll("button.primary"));
            return;
        }

        var panel = screen.FindComponent<PreviewPanel>();
        row.Meanwhile(cockpit);
        await panel.InvokeAsync(() => panel.Instance.OnConfirm.InvokeAsync(new Confirmation(true, panel.Instance.Preview.Target, "because")));
        row.Afterwards(cockpit);
        Assert.Equal("Somebody changed the target since. Preview again.", screen.Find(".refusal").TextContent);
    }

    private async Task<IRenderedComponent<ActionStep>> PreviewOnScreenAsync(GuardedCockpit cockpit, string owner, ActionDefinition action, Actor actor)
    {
        if (!Services.Any(service => service.ServiceType == typeof(PreviewActionHandler)))
        {
            var module = JSInterop.SetupModule("./Components/Cards/HoldButton.razor.js");
            module.SetupModule(invocation => invocation.Identifier == "hold").SetupVoid("stop");
            foreach (var type in (Type[])[typeof(ActionTargets), typeof(PreviewActionHandler), typeof(ConfirmActionHandler), typeof(RunCheckHandler), typeof(InputChoicesHandler), typeof(CurrentActor)])
                Services.AddSingleton(type, cockpit.Services.GetRequiredService(type));
        }

        var screen = Render<ActionStep>(parameters => parameters
            .AddCascadingValue(Task.FromResult(new AuthenticationState(CurrentActor.PrincipalOf(actor))))
            .Add(step => step.CardId, owner).Add(step => step.Action, action).Add(step => step.Number, 1).Add(step => step.Executions, []));
        foreach (var input in GuardedCockpit.InputsOf(action))
        {
            var form = screen.FindComponent<ActionInputsForm>();
            await form.InvokeAsync(() => form.Instance.OnChosen.InvokeAsync(input));
        }

        await screen.Find("header button").ClickAsync(new());
        return screen;
    }

    private static string Previews(string owner, ActionDefinition action) => $"cards/{owner}/actions/{action.Id}/previews";

    private static object Body(ActionDefinition action) => new { inputs = GuardedCockpit.InputsOf(action).ToDictionary(input => input.Name, input => input.Value) };

    private static (int Status, string Type) Of((int Status, JsonNode Body) answer) => (answer.Status, Problem(answer.Body).Type);

    private static IEnumerable<string> Refusing(JsonNode guards) =>
        guards.AsArray().Where(verdict => (string)verdict!["outcome"]! == "refuses").Select(verdict => (string)verdict!["guard"]!);
}
