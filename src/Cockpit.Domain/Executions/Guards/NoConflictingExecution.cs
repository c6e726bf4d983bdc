namespace Cockpit.Domain.Executions.Guards;

/// <summary>Nobody else is changing the same target.</summary>
internal static class NoConflictingExecution
{
    private const string Name = "Nobody else is changing it";

    public static GuardVerdict Judge(GuardContext context)
    {
        var target = context.Action.Target.ToString();
        var other = context.Others.FirstOrDefault(execution => execution.Target == target && execution.HoldsTarget);
        return other is null
            ? GuardVerdict.Pass(Name, $"No other execution holds {target}.")
            : GuardVerdict.Refuse(Name, $"“{other.Title}” by {other.RequestedBy} holds {target}: {other.StateSentence}. Wait for it to end.");
    }
}
