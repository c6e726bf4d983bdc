using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions;

/// <summary>What a drain remembers: the count to which a workload is restored.</summary>
public static class DrainMemory
{
    /// <summary>
    /// The count that the workload had before it was drained; null when no drain of it is known. Drains after one another, as when one was stopped half
    /// way, count as one: what was there before the first of them is meant. A restore that went all the way ends the memory.
    /// </summary>
    /// <param name="executions">Executions, the newest request first.</param>
    /// <param name="target">The workload.</param>
    public static int? CountOf(ImmutableArray<Execution> executions, ActionTarget target)
    {
        int? remembered = null;
        foreach (var execution in executions.Where(execution => execution.Preview.On == target && (execution.StepsMade > 0 || execution.AcceptedAt is not null)))
        {
            if (execution is { Preview.Kind: ActionKind.TrafficRestore, AcceptedAt: not null }) break;
            if (execution.Preview.Kind == ActionKind.TrafficDrain
                && int.TryParse(execution.Preview.ToChange().From("replicas"), NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                remembered = before;
        }

        return remembered;
    }
}
