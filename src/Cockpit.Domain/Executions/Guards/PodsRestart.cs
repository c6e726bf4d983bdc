using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>Pods restart, and the person is told how many. It never blocks.</summary>
internal static class PodsRestart
{
    private const string Name = "Pods restart";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.RestartsPods)) return null;
        if (context.Action.Kind == ActionKind.DeletePod) return GuardVerdict.Pass(Name, "One pod ends and another starts: what it is doing now is cut off.");
        return context.Target?.Workload is { } workload
            ? GuardVerdict.Pass(Name, $"All {workload.Replicas} pods of {workload.Name} are replaced, a few at a time. It takes minutes, and connections to them break.")
            : GuardVerdict.Refuse(Name, "Without the target's state nobody can tell how many.");
    }
}
