using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>The same action on the same target was not done within its cooldown.</summary>
internal static class IsNotCoolingDown
{
    private const string Name = "Is not cooling down";

    public static GuardVerdict Judge(GuardContext context)
    {
        var target = context.Action.Target.ToString();
        var last = context.Others
            .Where(execution => execution.RevertOf is null && execution.ActionId == context.Action.Id && execution.Target == target
                && execution is { DispatchedAt: not null, State: not ExecutionState.Refused })
            .MaxBy(execution => execution.DispatchedAt);
        var left = last is null ? TimeSpan.Zero : last.DispatchedAt!.Value + context.Action.Cooldown - context.Now;
        return left <= TimeSpan.Zero
            ? GuardVerdict.Pass(Name, context.Action.Cooldown == TimeSpan.Zero ? "It has no cooldown." : "It was not done lately.")
            : GuardVerdict.Refuse(Name, $"It was done lately by {last!.RequestedBy}. Give it {FigureText.Duration(left)} more to show its effect.");
    }
}
