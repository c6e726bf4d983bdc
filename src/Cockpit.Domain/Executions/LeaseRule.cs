using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Executions;

/// <summary>What to do about a lease whose time is up.</summary>
public abstract record LeaseDecision
{
    private LeaseDecision() { }

    /// <summary>Nothing yet: somebody holds the target, or another lease stands on top of this one.</summary>
    public sealed record Wait(string Why) : LeaseDecision;

    /// <summary>There is nothing left to turn back, or it is not the cockpit's any more.</summary>
    public sealed record End(string Why) : LeaseDecision;

    /// <summary>Turning back would hurt, or nobody can tell.</summary>
    public sealed record Stay(string Why) : LeaseDecision;

    /// <summary>Turn back.</summary>
    /// <param name="Fields">What the target holds now and what it returns to.</param>
    public sealed record Revert(ImmutableArray<FieldChange> Fields) : LeaseDecision;
}

/// <summary>
/// Decides whether a temporary change is turned back. Freezes and cooldowns are not asked: they keep people from changing things, and this
/// returns them to what they were.
/// </summary>
public static class LeaseRule
{
    private const string Replicas = "replicas";

    /// <summary>How long a change by this action lasts; null when it is permanent, or when nothing tells what to return to.</summary>
    public static TimeSpan? LengthOf(ActionDefinition action) => action.ReadBack is ReadBack.Value or ReadBack.Mark ? action.Lease : null;

    /// <summary>What to do now.</summary>
    /// <param name="execution">The execution whose lease is due, or asked to be turned back.</param>
    /// <param name="all">Executions that are not finished, and those that finished lately.</param>
    /// <param name="target">The target as it was read for this.</param>
    /// <param name="action">The action as the catalog has it now; null when it lost it.</param>
    /// <param name="card">The card against live evidence; null when there is none.</param>
    /// <param name="forced">True when a person asked, knowing what the load says.</param>
    /// <param name="now">The instant.</param>
    public static LeaseDecision Judge(
        Execution execution, ImmutableArray<Execution> all, TargetState target, ActionDefinition? action, CardState? card, bool forced, DateTimeOffset now)
    {
        var (pinned, stack) = (execution.Preview.Pinned, StackOf(execution, all));
        if (stack.LastOrDefault(other => other.AcceptedAt > execution.AcceptedAt) is { } above)
            return new LeaseDecision.Wait($"“{above.Title}” stands on top of it");
        if (all.FirstOrDefault(other => other.Id != execution.Id && other.Target == execution.Target && other.HoldsTarget) is { } holder)
            return new LeaseDecision.Wait($"“{holder.Title}” by {holder.RequestedBy} holds the target");
        if (target.Uid != pinned.Uid) return new LeaseDecision.End("the target was deleted and created again; nothing was turned back");

        var fields = ReturnOf(execution, stack, target, now);
        if (fields.All(field => field.From == field.To)) return new LeaseDecision.End($"{FieldText.Of(target, fields)} already, as before the change");
        if (!target.Holds(pinned.Fields))
            return new LeaseDecision.End($"somebody changed it since ({FieldText.Of(target, pinned.Fields)}), and that is not overwritten");
        if (target.Workload?.Autoscaler is { } scaler && fields.Any(field => field.Name == Replicas))
            return new LeaseDecision.End($"the autoscaler {scaler.Name} keeps {scaler.MinReplicas} to {scaler.MaxReplicas} replicas now");
        return !forced && Hurts(fields, target, action, card) is { } why ? new LeaseDecision.Stay(why) : new LeaseDecision.Revert(fields);
    }

    /// <summary>Why turning back now would hurt, or why nobody can tell; null when it would not.</summary>
    private static string? Hurts(ImmutableArray<FieldChange> fields, TargetState target, ActionDefinition? action, CardState? card)
    {
        if (card is null) return "there is no evidence whether it is still needed";
        if (card.Symptoms.FirstOrDefault(symptom => symptom is { Condition: SignalCondition, Verdict: Verdict.Holds }) is { } seen)
            return $"“{seen.Condition.Label}” is still seen";
        if (card.Symptoms.FirstOrDefault(symptom => symptom is { Condition: SignalCondition, Verdict: Verdict.Unknown }) is { } blind)
            return $"“{blind.Condition.Label}” cannot be told ({blind.Signal?.Gap ?? "no answer"})";
        if (fields.FirstOrDefault(field => field.Name == Replicas) is not { } replicas || Number(replicas.To) is not { } to) return null;
        if (action?.Bounds is { } bounds && !bounds.Contains(to))
            return string.Create(CultureInfo.InvariantCulture, $"{to} replicas lie outside {bounds.Min} to {bounds.Max}");
        return Projected(to, target, action, card);
    }

    /// <summary>Fewer replicas carry the same load: what each would then be used.</summary>
    private static string? Projected(int to, TargetState target, ActionDefinition? action, CardState card)
    {
        var running = target.Workload is { ReadyReplicas: > 0 } workload ? workload.ReadyReplicas : Number(target[Replicas]) ?? 0;
        if (to >= running || action?.ExpectedEffect is not { } expected) return null;
        foreach (var criterion in card.ExitCriteria)
        {
            if (criterion.Condition is not SignalCondition { Unit: FigureUnit.Ratio, Comparison: Comparison.LessThan or Comparison.LessOrEqual } use
                || use.Signal != expected.Signal) continue;
            if (criterion.Signal?.Fresh is not { } value) return $"“{use.Label}” cannot be told ({criterion.Signal?.Gap ?? "no answer"})";
            var then = to == 0 ? double.PositiveInfinity : value * running / to;
            if (!use.HoldsAt(then))
                return to == 0 ? "nothing would be left to carry the load" : string.Create(CultureInfo.InvariantCulture,
                    $"{to} replicas would be used to {Health.FigureText.Write(then, use.Unit)}, and it wants {use.Comparison.Sign()} {Health.FigureText.Write(use.Threshold, use.Unit)}");
        }

        return null;
    }

    /// <summary>Leases on the same fields of the same target, the oldest first, this one among them.</summary>
    private static ImmutableArray<Execution> StackOf(Execution execution, ImmutableArray<Execution> all) =>
    [
        .. all.Where(other => other.Id != execution.Id && other.HoldsLease && other.Preview.On == execution.Preview.On && Overlap(other, execution))
            .Append(execution).OrderBy(other => other.AcceptedAt),
    ];

    /// <summary>
    /// Down the stack as long as what lies below has run out too: a field returns to what it was before the oldest of them, never to a value
    /// that was itself temporary and is over.
    /// </summary>
    private static ImmutableArray<FieldChange> ReturnOf(Execution execution, ImmutableArray<Execution> stack, TargetState target, DateTimeOffset now) =>
    [
        .. execution.Preview.Pinned.Fields.Select(field =>
        {
            var back = field.From;
            foreach (var below in stack.Reverse().Where(other => other.Id != execution.Id))
            {
                if (below.Lease!.Until > now) break;
                if (below.Preview.Pinned.Fields.FirstOrDefault(each => each.Name == field.Name) is { } older) back = older.From;
            }

            return new FieldChange(field.Name, target[field.Name], back);
        }),
    ];

    private static bool Overlap(Execution left, Execution right) =>
        left.Preview.Pinned.Fields.Any(field => right.Preview.Pinned.Fields.Any(other => other.Name == field.Name));

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
