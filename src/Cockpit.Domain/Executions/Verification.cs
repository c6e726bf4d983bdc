using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions;

/// <summary>Proves that an action helped: first its own effect, then, separately, the card's exit criteria.</summary>
public static class Verification
{
    /// <summary>The next fact about an execution that waits, or null while there is nothing new to say.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="target">The target as it was read after the change; null when it cannot be read.</param>
    /// <param name="card">The card against live evidence; null when the catalog lost it.</param>
    /// <param name="now">The instant.</param>
    /// <param name="expected">What the catalog expects of the action's figure, against live evidence; null where only a person can tell.</param>
    public static ExecutionEvent? Next(
        Execution execution, TargetState? target, CardState? card, DateTimeOffset now, ConditionState? expected = null) =>
        execution.State switch
        {
            ExecutionState.Accepted => Effect(execution, target, now),
            ExecutionState.EffectSeen => Expectation(execution, expected) ?? Recovery(execution, card, now, expected),
            _ => null,
        };

    private static ExecutionEvent? Effect(Execution execution, TargetState? target, DateTimeOffset now)
    {
        if (execution.Preview.ReadBack == ReadBack.None) return new ExecutionEvent.EffectSeen("the target's answer is all there is to see");
        if (target is not null && Shows(execution, target) is { } evidence) return new ExecutionEvent.EffectSeen(evidence);
        return now - execution.AcceptedAt < Execution.EffectDeadline ? null : new ExecutionEvent.EffectMissed(Missing(execution, target));
    }

    /// <summary>What the target shows of the change's effect, in words; null while it does not show it.</summary>
    private static string? Shows(Execution execution, TargetState target)
    {
        if (!ReadBackRule.IsApplied(execution, target)) return null;
        if (target.Workload is not { } workload) return FieldText.Of(target, execution.Preview.Pinned.Fields);
        return workload.ObservedGeneration >= workload.Generation && workload.ReadyReplicas == workload.Replicas && target.RolledOut != false
            ? $"{workload.ReadyReplicas} of {workload.Replicas} replicas are ready"
            : null;
    }

    private static string Missing(Execution execution, TargetState? target) => target switch
    {
        null => "the target cannot be read",
        _ when !ReadBackRule.IsApplied(execution, target) => $"somebody changed it: {FieldText.Of(target, execution.Preview.Pinned.Fields)} now",
        { Workload: { } workload } =>
            $"only {workload.ReadyReplicas} of {workload.Replicas} replicas are ready after {FigureText.Duration(Execution.EffectDeadline)}",
        _ => $"it does not show after {FigureText.Duration(Execution.EffectDeadline)}",
    };

    /// <summary>The figure counts from when the target showed the change: one that is older proves nothing.</summary>
    private static ExecutionEvent? Expectation(Execution execution, ConditionState? expected) =>
        execution.Expected is null && expected is { Verdict: Verdict.Holds, Signal.ObservedAt: { } seen } && seen >= execution.EffectAt
            ? new ExecutionEvent.ExpectedSeen(FiguresOf([expected])[0])
            : null;

    private static ExecutionEvent? Recovery(Execution execution, CardState? card, DateTimeOffset now, ConditionState? expected)
    {
        if (card is { MeasuredCriteriaHold: true }) return new ExecutionEvent.Recovered(FiguresOf(card.ExitCriteria));
        if (now - execution.EffectAt < Execution.RecoveryDeadline) return null;
        ImmutableArray<ConditionState> unseen = execution.Expected is null && expected is not null ? [expected] : [];
        return new ExecutionEvent.NotRecovered(FiguresOf([.. unseen, .. card?.ExitCriteria ?? []]));
    }

    /// <summary>Conditions with their figures in words, to be kept.</summary>
    public static ImmutableArray<Evidence> FiguresOf(ImmutableArray<ConditionState> states) =>
    [
        .. states.Select(state => state.Condition is SignalCondition condition
            ? new Evidence(condition.Label, FigureText.Write(state.Signal?.Value, condition.Unit),
                $"{condition.Comparison.Sign()} {FigureText.Write(condition.Threshold, condition.Unit)}", state.Verdict)
            : new Evidence(state.Condition.Label, state.Answer is { } answer ? answer.Yes ? "Yes" : "No" : FigureText.None, "", state.Verdict)),
    ];
}
