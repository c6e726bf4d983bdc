using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions;

/// <summary>Proves that an action helped: first its own effect, then, separately, the card's exit criteria.</summary>
public static class Verification
{
    /// <summary>The next fact about an execution that waits, or null while there is nothing new to say.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="target">The target as the cluster shows it now; null when that is not fresh.</param>
    /// <param name="card">The card against live evidence; null when the catalog lost it.</param>
    /// <param name="now">The instant.</param>
    public static ExecutionEvent? Next(Execution execution, WorkloadReading? target, CardState? card, DateTimeOffset now) => execution.State switch
    {
        ExecutionState.Accepted => Effect(execution, target, now),
        ExecutionState.EffectSeen => Recovery(execution, card, now),
        _ => null,
    };

    private static ExecutionEvent? Effect(Execution execution, WorkloadReading? target, DateTimeOffset now)
    {
        var wanted = execution.Preview.Pinned.To;
        if (target is not null && target.ObservedGeneration >= target.Generation && target.Replicas == wanted && target.ReadyReplicas == wanted)
            return new ExecutionEvent.EffectSeen($"{target.ReadyReplicas} of {wanted} replicas are ready");
        if (now - execution.AcceptedAt < Execution.EffectDeadline) return null;
        return new ExecutionEvent.EffectMissed(target is null
            ? "the cluster cannot be read"
            : target.Replicas != wanted
                ? $"somebody asks for {target.Replicas} replicas now"
                : $"only {target.ReadyReplicas} of {wanted} replicas are ready after {FigureText.Duration(Execution.EffectDeadline)}");
    }

    private static ExecutionEvent? Recovery(Execution execution, CardState? card, DateTimeOffset now)
    {
        if (card is { MeasuredCriteriaHold: true }) return new ExecutionEvent.Recovered(FiguresOf(card.ExitCriteria));
        return now - execution.EffectAt >= Execution.RecoveryDeadline ? new ExecutionEvent.NotRecovered(FiguresOf(card?.ExitCriteria ?? [])) : null;
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
