using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>No autoscaler owns the replica count: it would set it back within seconds.</summary>
internal static class NoAutoscalerWillUndoIt
{
    public const string Name = "No autoscaler will undo it";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (context.Action.Kind is not (ActionKind.ScaleOut or ActionKind.ScaleDown or ActionKind.TrafficDrain or ActionKind.TrafficRestore)) return null;
        if (context.Target?.Workload is not { } workload) return GuardVerdict.Refuse(Name, "Without the target's state nobody can tell.");
        return workload.Autoscaler is { } autoscaler
            ? GuardVerdict.Refuse(Name,
                $"The autoscaler {autoscaler.Name} keeps {autoscaler.MinReplicas} to {autoscaler.MaxReplicas} replicas and would undo this. Raise its minimum instead.")
            : GuardVerdict.Pass(Name, "No autoscaler owns the replicas.");
    }
}
