using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>Traffic goes to ready endpoints only; a split needs them on both sides, and is weighted by their number.</summary>
internal static class TrafficGoesToReadyEndpoints
{
    private const string Name = "Traffic goes to ready endpoints";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.ReadyEndpoints)) return null;
        if (context.Target is not { Endpoints.IsDefault: false } target) return GuardVerdict.Refuse(Name, "Without the endpoints nobody can tell.");
        var ready = target.Endpoints.Where(workload => workload.Ready > 0).ToList();
        var total = ready.Sum(workload => workload.Ready);
        if (total == 0) return GuardVerdict.Refuse(Name, "Nothing that it would select is ready: every request would fail. Scale up first, wait until ready, then switch.");
        if (context.Action.Kind == ActionKind.TrafficSplit && ready.Count < 2)
            return GuardVerdict.Refuse(Name, $"Only {ready[0].Workload} is ready: that is all of the traffic and no split. Bring up the other colour first.");
        return GuardVerdict.Pass(Name, string.Join(", ", ready.Select(workload =>
            $"{workload.Workload} {workload.Ready} ready ({100 * workload.Ready / total}\u202F%)")) + ".");
    }
}
