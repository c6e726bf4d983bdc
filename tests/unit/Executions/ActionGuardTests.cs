using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Executions;

/// <summary>The guards that only some actions pass, each seen to refuse or to cost.</summary>
public sealed class ActionGuardTests
{
    private static readonly DateTimeOffset At = Runs.At;

    [Theory]
    [InlineData(4, 2, "2 of 4 healthy instances go on at least.", GuardOutcome.Passes)]
    [InlineData(0, 0, "None is healthy now, so there is none to lose.", GuardOutcome.Passes)]
    [InlineData(1, 0, "Only 1 is healthy and none would be left. Bring up another first.", GuardOutcome.Refuses)]
    [InlineData(2, 0, "Only 2 are healthy and none would be left. Bring up another first.", GuardOutcome.Refuses)]
    [InlineData(null, null, "Without the target's state nobody can tell.", GuardOutcome.Refuses)]
    public void At_least_one_healthy_instance_is_left(int? healthy, int? after, string reason, GuardOutcome outcome)
    {
        foreach (var kind in (ActionKind[])[ActionKind.ScaleDown, ActionKind.DeletePod, ActionKind.RolloutRestart, ActionKind.EnvPatch, ActionKind.Undo])
        {
            Assert.Equal(new GuardVerdict("Leaves at least one healthy instance", outcome, reason),
                Verdict("Leaves at least one healthy instance", Of(kind, state => state with { Healthy = healthy, HealthyAfter = after })));
        }
    }

    [Fact]
    public void Draining_is_meant_to_leave_none() =>
        Assert.Null(Verdict("Leaves at least one healthy instance", Of(ActionKind.TrafficDrain, state => state with { Healthy = 1, HealthyAfter = 0 })));

    [Theory]
    [InlineData(0, "bondx", GuardOutcome.Refuses)]
    [InlineData(0, "quantx-production", GuardOutcome.Passes)]
    [InlineData(60, "bondx", GuardOutcome.Passes)]
    [InlineData(-1, "bondx", GuardOutcome.Passes)]
    public void Change_freeze_refuses_from_its_first_instant_to_before_its_end(int minutes, string frozen, GuardOutcome outcome)
    {
        var freeze = new ChangeFreeze(At, At.AddHours(1), "the year's last settlement", [frozen]);
        var verdict = Verdict("Is not in a change freeze", Runs.Context() with { Freezes = [freeze], Now = At.AddMinutes(minutes) })!;

        Assert.Equal(outcome, verdict.Outcome);
        if (outcome == GuardOutcome.Refuses)
            Assert.Equal("Changes are frozen until 2026-11-22 04:12 UTC: the year's last settlement. An admin may break glass.", verdict.Reason);
    }

    [Fact]
    public void Freeze_without_namespaces_holds_outside_clusters_too() =>
        Assert.True(new ChangeFreeze(At, At.AddHours(1), "all", []).Holds(null, At));

    [Theory]
    [InlineData(0.5, GuardOutcome.Passes)]
    [InlineData(0.65, GuardOutcome.Passes)]
    [InlineData(0.66, GuardOutcome.Refuses)]
    [InlineData(null, GuardOutcome.Costs)]
    public void Primary_without_headroom_is_refused_and_an_unknown_one_costs(double? use, GuardOutcome outcome) => Assert.Equal(
        outcome, Verdict("The primary has headroom", Guarded(ActionGuard.PrimaryHasHeadroom) with { Board = WebSocketCard.Board((SignalIds.PrimaryConnectionUse, use)) })!.Outcome);

    [Theory]
    [InlineData(0.0, GuardOutcome.Passes)]
    [InlineData(3.5, GuardOutcome.Costs)]
    [InlineData(null, GuardOutcome.Costs)]
    public void Real_orders_cost_a_reason_that_the_approver_reads(double? rate, GuardOutcome outcome) => Assert.Equal(
        outcome, Verdict("No real orders flow", Guarded(ActionGuard.NoRealOrders) with { Board = WebSocketCard.Board(("orders.rate", rate)) })!.Outcome);

    [Fact]
    public void Candidate_that_has_caught_up_passes_with_the_least_loss() => AssertFailover(
        GuardOutcome.Passes, "redis-1:6379, the likely candidate, lacks 0\u202FB at least. Sentinel picks, not we.", Platform.Redis());

    [Fact]
    public void Candidate_that_is_far_behind_is_refused_with_what_would_be_lost() => AssertFailover(
        GuardOutcome.Refuses, "lacks", Platform.Redis(Platform.Master(9_000_000), Platform.Replica("redis-1:6379", 1_000)));

    [Fact]
    public void Candidate_without_a_link_is_refused() => AssertFailover(
        GuardOutcome.Refuses, "redis-1:6379, the likely candidate, lost its link to the master 9\u202Fs ago: every write since would be lost. Wait until it follows.",
        Platform.Redis(Platform.Master(1_000), Platform.Replica("redis-1:6379", 1_000, linked: false)));

    [Fact]
    public void Group_without_a_replica_that_may_be_promoted_is_refused() => AssertFailover(
        GuardOutcome.Refuses, "No replica is fit to be promoted", Platform.Redis(Platform.Master(1_000), Platform.Replica("redis-1:6379", 1_000) with { Priority = 0 }));

    [Fact]
    public void Dead_master_makes_it_unmeasurable_which_is_said_and_does_not_block() => AssertFailover(
        GuardOutcome.Passes, "It cannot be measured: the master does not answer. redis-1:6379 is the likely candidate; what it lacks is lost with the master.",
        Platform.Redis(new RedisNode("redis-0:6379", null, null, null, null, null, null, null, null, "refuses connections"), Platform.Replica("redis-1:6379", 900, linked: false)));

    [Fact]
    public void Likely_candidate_is_linked_then_of_the_best_priority_then_of_the_largest_offset()
    {
        var group = Platform.Redis(
            Platform.Master(1_000), Platform.Replica("redis-1:6379", 1_000, linked: false), Platform.Replica("redis-2:6379", 999) with { Priority = 200 },
            Platform.Replica("redis-3:6379", 900), Platform.Replica("redis-4:6379", 950));

        var outlook = FailoverOutlook.Of(group);

        Assert.Equal(("redis-4:6379", 50L, true), (outlook.Candidate!.Endpoint, outlook.LostBytesAtLeast, outlook.MasterAnswers));
    }

    [Fact]
    public void Traffic_to_nothing_ready_is_refused() => AssertEndpoints(
        ActionKind.TrafficSwitch, GuardOutcome.Refuses,
        "Nothing that it would select is ready: every request would fail. Scale up first, wait until ready, then switch.", new SelectedEndpoints("api-green", 0));

    [Fact]
    public void Split_with_one_side_ready_is_refused() => AssertEndpoints(
        ActionKind.TrafficSplit, GuardOutcome.Refuses,
        "Only api-blue is ready: that is all of the traffic and no split. Bring up the other colour first.", new("api-blue", 3), new("api-green", 0));

    [Fact]
    public void Split_is_weighted_by_ready_replicas() => AssertEndpoints(
        ActionKind.TrafficSplit, GuardOutcome.Passes, "api-blue 3 ready (75\u202F%), api-green 1 ready (25\u202F%).", new("api-blue", 3), new("api-green", 1));

    [Theory]
    [InlineData("walsender", GuardOutcome.Refuses, "7 is no client's session but a walsender. Spare it.")]
    [InlineData("autovacuum worker", GuardOutcome.Refuses, "7 is no client's session but a autovacuum worker. Spare it.")]
    [InlineData("client backend", GuardOutcome.Passes, "1 client session, each by pid and start.")]
    [InlineData(null, GuardOutcome.Refuses, "No session is chosen, or those chosen have ended by themselves.")]
    public void Only_client_sessions_are_ended(string? kind, GuardOutcome outcome, string reason)
    {
        var context = Guarded(ActionGuard.ClientBackendsOnly);
        ImmutableArray<DatabaseSession> sessions = kind is null ? [] : [new(7, "t", kind, "u", "a", TimeSpan.FromMinutes(9), "SELECT ?")];

        Assert.Equal(new GuardVerdict("Only client sessions end", outcome, reason),
            Verdict("Only client sessions end", context with { Target = context.Target! with { Sessions = sessions } }));
    }

    [Fact]
    public void Restart_of_pods_is_said_and_does_not_block() => Assert.Equal(
        GuardVerdict.Pass("Pods restart", "All 4 pods of websocket-manager are replaced, a few at a time. It takes minutes, and connections to them break."),
        Verdict("Pods restart", Guarded(ActionGuard.RestartsPods)));

    [Fact]
    public void Restart_of_pods_that_nobody_can_count_is_refused() =>
        Assert.Equal(GuardOutcome.Refuses, Verdict("Pods restart", Guarded(ActionGuard.RestartsPods) with { Target = null })!.Outcome);

    [Fact]
    public void Workload_that_reads_a_setting_only_at_start_is_named_and_costs_a_word() => AssertReaders(
        GuardOutcome.Costs, "Not for risk-engine: it reads this only as its pods start, so restart it afterwards. Say that you will.",
        new ConfigReader("order-manager", false), new ConfigReader("risk-engine", true));

    [Fact]
    public void Workload_that_follows_a_mounted_file_needs_no_restart() => AssertReaders(
        GuardOutcome.Passes, "order-manager follows it as a mounted file, within about a minute.", new ConfigReader("order-manager", false));

    [Fact]
    public void Readers_that_could_not_be_listed_are_refused() =>
        Assert.Equal(GuardOutcome.Refuses, Verdict("Takes effect without a restart", Guarded(ActionGuard.TakesEffectWithoutRestart))!.Outcome);

    [Theory]
    [InlineData("4", "8", GuardOutcome.Passes)]
    [InlineData("8", "8", GuardOutcome.Refuses)]
    [InlineData("9", "8", GuardOutcome.Refuses)]
    public void Minimum_of_an_autoscaler_is_only_raised(string from, string to, GuardOutcome outcome) => Assert.Equal(
        outcome, Verdict("Goes the way it is meant to", Of(ActionKind.RaiseMinimum, state => state) with { Fields = [new FieldChange("minReplicas", from, to)] })!.Outcome);

    [Theory]
    [InlineData(ActionKind.TrafficDrain, 4, 0, GuardOutcome.Passes)]
    [InlineData(ActionKind.TrafficDrain, 4, 4, GuardOutcome.Refuses)]
    [InlineData(ActionKind.TrafficRestore, 0, 3, GuardOutcome.Passes)]
    [InlineData(ActionKind.TrafficRestore, 3, 3, GuardOutcome.Refuses)]
    public void Draining_goes_down_and_restoring_up(ActionKind kind, int from, int to, GuardOutcome outcome) => Assert.Equal(
        outcome, Verdict("Goes the way it is meant to", Of(kind, _ => Runs.Managers(from)) with { Fields = [new FieldChange("replicas", $"{from}", $"{to}")] })!.Outcome);

    [Fact]
    public void Runbook_and_the_way_back_need_no_symptom()
    {
        Assert.Null(Verdict("A symptom is present", Runs.Context(card: WebSocketCard.Seen(0.5, 0.05, At)) with { HasSymptoms = false }));
        Assert.Null(Verdict("A symptom is present", Of(ActionKind.ScaleDown, state => state)));
    }

    [Fact]
    public void Dry_run_that_the_target_does_not_offer_is_neither_accepted_nor_refused() =>
        Assert.Null(Verdict("The dry run is accepted", Runs.Context(dryRun: DryRunResult.NotAvailable("Sentinel offers no dry run"))));

    private static void AssertFailover(GuardOutcome outcome, string reason, RedisReading group)
    {
        var context = Guarded(ActionGuard.CandidateCaughtUp);
        var verdict = Verdict("The failover candidate has caught up", context with { Target = context.Target! with { Outlook = FailoverOutlook.Of(group) } })!;
        Assert.Equal(outcome, verdict.Outcome);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    private static void AssertEndpoints(ActionKind kind, GuardOutcome outcome, string reason, params ImmutableArray<SelectedEndpoints> endpoints)
    {
        var context = Guarded(ActionGuard.ReadyEndpoints);
        Assert.Equal(new GuardVerdict("Traffic goes to ready endpoints", outcome, reason), Verdict("Traffic goes to ready endpoints",
            context with { Action = context.Action with { Kind = kind }, Target = context.Target! with { Endpoints = endpoints } }));
    }

    private static void AssertReaders(GuardOutcome outcome, string reason, params ImmutableArray<ConfigReader> readers)
    {
        var context = Guarded(ActionGuard.TakesEffectWithoutRestart);
        Assert.Equal(new GuardVerdict("Takes effect without a restart", outcome, reason),
            Verdict("Takes effect without a restart", context with { Target = context.Target! with { Readers = readers } }));
    }

    private static GuardContext Of(ActionKind kind, Func<TargetState, TargetState> change)
    {
        var context = Runs.Context(action: WebSocketCard.ScaleOut with { Kind = kind });
        return context with { Target = change(context.Target!) };
    }

    private static GuardContext Guarded(ActionGuard guard) => Runs.Context(action: WebSocketCard.ScaleOut with { Guards = [guard] });

    private static GuardVerdict? Verdict(string guard, GuardContext context) => GuardList.JudgeAll(context).SingleOrDefault(verdict => verdict.Guard == guard);
}
