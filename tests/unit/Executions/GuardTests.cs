using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Executions;

public sealed class GuardTests
{
    private static readonly DateTimeOffset At = Runs.At;

    [Fact]
    public void Everything_in_order_passes_every_guard() => Assert.Equal(
        [
            GuardVerdict.Pass("Target state is fresh", "Read from the cluster for this preview."),
            GuardVerdict.Pass("A symptom is present", "1 of 3 symptoms are seen."),
            GuardVerdict.Pass("You may run it", "Sam Okafor is a responder."),
            GuardVerdict.Pass("Goes the way it is meant to", "Up from 4 to 8, at most double."),
            GuardVerdict.Pass("Is inside its bounds", "8 lies within 2 to 8."),
            GuardVerdict.Pass("Nobody else is changing it", "No other execution holds bondx/websocket-manager."),
            GuardVerdict.Pass("Is not cooling down", "It was not done lately."),
            GuardVerdict.Pass("No autoscaler will undo it", "No autoscaler owns the replicas."),
            GuardVerdict.Pass("The dry run is accepted", "The server admits the change."),
            GuardVerdict.Pass("The preview is still true", "The target is as it was previewed."),
        ],
        GuardList.JudgeAll(Runs.Context(preview: Runs.Preview)).AsEnumerable());

    [Fact]
    public void Preview_and_dry_run_are_judged_only_where_they_exist()
    {
        Assert.DoesNotContain(GuardList.JudgeAll(Runs.Context()), verdict => verdict.Guard == "The preview is still true");
        Assert.DoesNotContain(GuardList.JudgeBeforeDryRun(Runs.Context()), verdict => verdict.Guard == "The dry run is accepted");
    }

    [Fact]
    public void Target_that_cannot_be_read_is_refused_by_every_guard_that_needs_it() => Assert.Equal(
        ["The target cannot be read: timeout.", "Without the target's state nobody can tell.", "Without the target's state nobody can tell."],
        GuardList.JudgeBeforeDryRun(Runs.Context() with { Target = null, TargetDoubt = "timeout" })
            .Where(verdict => verdict.Outcome == GuardOutcome.Refuses).Select(verdict => verdict.Reason));

    [Fact]
    public void Target_whose_last_change_is_not_done_is_refused() => AssertRefused(
        "Target state is fresh", "The cluster is still working on the last change; its counts are old. Preview again in a moment.",
        Runs.Context() with { Target = Runs.Target(Platform.Managers(4) with { Generation = 8 }) });

    [Fact]
    public void Absent_symptoms_are_refused() => AssertRefused(
        "A symptom is present", "All measured symptoms are absent: there is nothing for this card to cure.",
        Runs.Context(card: WebSocketCard.Seen(0.5, 0.05, At)));

    [Fact]
    public void Planned_work_needs_no_symptom() => Assert.Equal(
        GuardVerdict.Pass("A symptom is present", "This is planned work: it cures nothing and needs no symptom."),
        GuardList.JudgeBeforeDryRun(Runs.Context(card: new CardState(WebSocketCard.Card with { Symptoms = [] }, [], []))).Single(verdict => verdict.Guard == "A symptom is present"));

    [Fact]
    public void Missing_evidence_costs_a_reason_and_does_not_block()
    {
        AssertCosts("No symptom is seen, but “Message delivery above 150 ms (p95)” cannot be told (no such series). Say why you act without it.",
            Runs.Context(card: WebSocketCard.Seen(0.5, null, At)));
        AssertCosts("There is no evidence yet. Say why you act without it.", Runs.Context() with { Card = null });
    }

    [Fact]
    public void Who_is_no_responder_is_refused_and_told_what_to_do()
    {
        AssertRefused("You may run it", "Erin Vale is not a responder. Ask one to run it, or copy the command.", Runs.Context(Runs.Erin));
        AssertRefused("You may run it", "Sign in as a responder to run actions.", Runs.Context(Actor.Anonymous));
    }

    [Theory]
    [InlineData(4, 4, "It scales out, but 4 replicas are asked for already and 4 is not more.")]
    [InlineData(4, 2, "It scales out, but 4 replicas are asked for already and 2 is not more.")]
    [InlineData(3, 8, "From 3 to 8 is more than double. Go in two steps.")]
    [InlineData(0, 3, "From 0 to 3 is more than double. Go in two steps.")]
    [InlineData(4, 8, null)]
    [InlineData(0, 2, null)]
    [InlineData(7, 8, null)]
    public void Scaling_out_goes_up_and_at_most_doubles(int from, int to, string? reason) =>
        AssertDirection(WebSocketCard.ScaleOut, from, to, reason);

    [Theory]
    [InlineData(4, 4, "It scales down, but 4 is not less than 4.")]
    [InlineData(4, 8, "It scales down, but 8 is not less than 4.")]
    [InlineData(8, 3, "From 8 to 3 is less than half. Go in two steps.")]
    [InlineData(8, 4, null)]
    [InlineData(7, 4, null)]
    [InlineData(7, 3, "From 7 to 3 is less than half. Go in two steps.")]
    public void Scaling_down_goes_down_and_at_most_halves(int from, int to, string? reason) =>
        AssertDirection(WebSocketCard.ScaleDown, from, to, reason);

    [Theory]
    [InlineData(2, true)]
    [InlineData(8, true)]
    [InlineData(1, false)]
    [InlineData(9, false)]
    public void Bounds_include_their_ends(int desired, bool passes) =>
        Assert.Equal(passes ? GuardOutcome.Passes : GuardOutcome.Refuses, Verdict("Is inside its bounds", Runs.Context(desired: desired)).Outcome);

    [Fact]
    public void Action_without_bounds_has_none_to_stay_in() => Assert.DoesNotContain(
        GuardList.JudgeAll(Runs.Context(action: WebSocketCard.ScaleOut with { Bounds = null })), verdict => verdict.Guard == "Is inside its bounds");

    [Fact]
    public void Execution_that_holds_the_target_refuses_another() => AssertRefused(
        "Nobody else is changing it",
        "“Scale out the WebSocket managers 4 → 8” by Sam Okafor holds bondx/websocket-manager: being sent. Wait for it to end.",
        Runs.Context(Runs.Ada, others: Runs.Sent()));

    [Fact]
    public void Execution_elsewhere_or_at_its_end_holds_nothing()
    {
        var elsewhere = Runs.Sent() with { Preview = Runs.Preview with { On = Runs.Preview.On with { Name = "other" } } };
        var seen = Runs.Sent(new ExecutionEvent.Accepted("8"), new ExecutionEvent.EffectSeen("8 of 8"));

        Assert.Equal(GuardOutcome.Passes, Verdict("Nobody else is changing it", Runs.Context(others: [elsewhere, seen])).Outcome);
    }

    [Fact]
    public void Cooldown_counts_from_when_it_was_sent()
    {
        var sent = Runs.Sent(new ExecutionEvent.Accepted("8")) with { DispatchedAt = At.AddSeconds(-60) };

        AssertRefused("Is not cooling down", "It was done lately by Sam Okafor. Give it 2\u202Fmin more to show its effect.", Runs.Context(others: sent));
        Assert.Equal(GuardOutcome.Passes, Verdict("Is not cooling down", Runs.Context(others: sent) with { Now = At.AddMinutes(2) }).Outcome);
    }

    [Fact]
    public void Cooldown_of_another_action_or_target_does_not_count()
    {
        var sent = Runs.Sent(new ExecutionEvent.Accepted("8"));

        Assert.All(
            [sent with { Preview = Runs.Preview with { ActionId = "scale-down" } }, sent with { Preview = Runs.Preview with { On = Runs.Preview.On with { Name = "other" } } }],
            other => Assert.Equal(GuardOutcome.Passes, Verdict("Is not cooling down", Runs.Context(others: other)).Outcome));
    }

    [Fact]
    public void What_was_sent_but_not_done_has_nothing_to_cool_down_from() => Assert.All(
        [Runs.Sent(new ExecutionEvent.Refused("somebody changed it in this very moment")), Runs.After(new ExecutionEvent.Refused("the cockpit stopped"))],
        refused => Assert.Equal(GuardOutcome.Passes, Verdict("Is not cooling down", Runs.Context(others: refused)).Outcome));

    [Fact]
    public void Autoscaler_that_owns_the_count_is_refused_and_offers_its_minimum() => AssertRefused(
        "No autoscaler will undo it", "The autoscaler ws keeps 2 to 6 replicas and would undo this. Raise its minimum instead.",
        Runs.Context() with { Target = Runs.Target(Platform.Managers(4) with { Autoscaler = new Autoscaler("ws", 2, 6) }) });

    [Theory]
    [InlineData(false, "The server refuses: quota")]
    [InlineData(null, "The server was asked but did not answer: quota")]
    public void Dry_run_that_is_not_accepted_is_refused(bool? accepted, string reason) =>
        AssertRefused("The dry run is accepted", reason, Runs.Context(dryRun: new DryRunResult(accepted, "quota")));

    [Fact]
    public void Dry_run_that_was_not_asked_is_never_accepted() => AssertRefused(
        "The dry run is accepted", "Not asked, because another guard refuses.", Runs.Context() with { DryRun = null });

    [Fact]
    public void Preview_holds_until_what_it_pinned_changes()
    {
        var context = Runs.Context(preview: Runs.Preview);
        GuardContext Target(Func<WorkloadReading, WorkloadReading> change) => context with { Target = Runs.Target(change(Platform.Managers(4))) };

        AssertUntrue("It has expired. Preview again: the platform may have moved on.", context with { Now = Runs.Preview.ValidUntil });
        AssertUntrue("The catalog was changed since. Preview again.", context with { CatalogVersion = "v2" });
        AssertUntrue("The target cannot be read any more.", context with { Target = null });
        AssertUntrue("The target was deleted and created again since. Preview again.", Target(target => target with { Uid = "uid-2" }));
        AssertUntrue("Somebody changed it since: it was 4, now it is 5. Preview again.", Target(target => target with { Replicas = 5 }));
        AssertUntrue("Somebody changed the target since. Preview again.", Target(target => target with { Generation = 8 }));
        Assert.Equal(GuardOutcome.Passes, Verdict("The preview is still true", context with { Now = Runs.Preview.ValidUntil.AddTicks(-1) }).Outcome);
        Assert.Equal(GuardOutcome.Passes, Verdict("The preview is still true", Target(target => target with { ReadyReplicas = 1 })).Outcome);
    }

    [Theory]
    [InlineData(ActionRisk.Low, ActionRisk.Medium)]
    [InlineData(ActionRisk.Medium, ActionRisk.High)]
    [InlineData(ActionRisk.High, ActionRisk.Critical)]
    [InlineData(ActionRisk.Critical, ActionRisk.Critical)]
    public void Cost_raises_the_risk_by_one_level(ActionRisk risk, ActionRisk raised)
    {
        ImmutableArray<GuardVerdict> verdicts = [GuardVerdict.Cost("a", ""), GuardVerdict.Cost("b", ""), GuardVerdict.Refuse("c", "")];

        Assert.Equal(raised, GuardList.RiskAfter(risk, verdicts));
        Assert.Equal(risk, GuardList.RiskAfter(risk, [GuardVerdict.Pass("a", ""), GuardVerdict.Refuse("b", "")]));
    }

    [Fact]
    public void Preview_may_run_unless_a_guard_refuses()
    {
        Assert.True((Runs.Preview with { Guards = [GuardVerdict.Pass("a", ""), GuardVerdict.Cost("b", "")] }).MayRun);
        Assert.False((Runs.Preview with { Guards = [GuardVerdict.Pass("a", ""), GuardVerdict.Refuse("b", "")] }).MayRun);
    }

    private static void AssertDirection(ActionDefinition action, int from, int to, string? reason)
    {
        var context = Runs.Context(action: action, desired: to) with { Target = Runs.Managers(from) };
        if (reason is null) Assert.Equal(GuardOutcome.Passes, Verdict("Goes the way it is meant to", context).Outcome);
        else AssertRefused("Goes the way it is meant to", reason, context);
    }

    private static void AssertUntrue(string reason, GuardContext context) => AssertRefused("The preview is still true", reason, context);

    private static void AssertRefused(string guard, string reason, GuardContext context) =>
        Assert.Equal(GuardVerdict.Refuse(guard, reason), Verdict(guard, context));

    private static void AssertCosts(string reason, GuardContext context) =>
        Assert.Equal(GuardVerdict.Cost("A symptom is present", reason), Verdict("A symptom is present", context));

    private static GuardVerdict Verdict(string guard, GuardContext context) => GuardList.JudgeAll(context).Single(verdict => verdict.Guard == guard);
}
