namespace Cockpit.Domain.Executions.Guards;

/// <summary>No autoscaler owns the replica count: it would set it back within seconds.</summary>
internal static class NoAutoscalerWillUndoIt
{
    private const string Name = "No autoscaler will undo it";

    public static GuardVerdict Judge(GuardContext context) => context.Target switch
    {
        null => GuardVerdict.Refuse(Name, "Without the target's state nobody can tell."),
        { Autoscaler: null } => GuardVerdict.Pass(Name, "No autoscaler owns the replicas."),
        { Autoscaler: { } autoscaler } => GuardVerdict.Refuse(Name,
            $"The autoscaler {autoscaler.Name} keeps {autoscaler.MinReplicas} to {autoscaler.MaxReplicas} replicas and would undo this. Raise its minimum instead."),
    };
}
