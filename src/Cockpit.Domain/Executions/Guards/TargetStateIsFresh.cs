namespace Cockpit.Domain.Executions.Guards;

/// <summary>The target was read just now and its counts describe its present wish. Stale target state blocks.</summary>
internal static class TargetStateIsFresh
{
    private const string Name = "Target state is fresh";

    public static GuardVerdict Judge(GuardContext context) => context switch
    {
        { Target: null } => GuardVerdict.Refuse(Name, $"The target cannot be read: {context.TargetDoubt}."),
        { Target.Workload: { } workload } when workload.ObservedGeneration < workload.Generation =>
            GuardVerdict.Refuse(Name, "The cluster is still working on the last change; its counts are old. Preview again in a moment."),
        _ => GuardVerdict.Pass(Name, context.Action.Target.Namespace is null ? "Read for this preview." : "Read from the cluster for this preview."),
    };
}
