using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>Scaling out goes up and at most doubles; scaling down goes down and at most halves.</summary>
internal static class GoesTheWayItIsMeantTo
{
    private const string Name = "Goes the way it is meant to";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (context.Action.Kind is not (ActionKind.ScaleOut or ActionKind.ScaleDown)) return null;
        if (context.Target?.Workload is not { } workload) return GuardVerdict.Refuse(Name, "Without the target's state nobody can tell.");
        if (context.Replicas is not { } to) return GuardVerdict.Refuse(Name, "It names no replica count.");
        var from = workload.Replicas;
        return context.Action.Kind switch
        {
            ActionKind.ScaleOut when to <= from =>
                GuardVerdict.Refuse(Name, $"It scales out, but {from} replicas are asked for already and {to} is not more."),
            ActionKind.ScaleOut when to > 2 * Math.Max(1, from) =>
                GuardVerdict.Refuse(Name, $"From {from} to {to} is more than double. Go in two steps."),
            ActionKind.ScaleDown when to >= from => GuardVerdict.Refuse(Name, $"It scales down, but {to} is not less than {from}."),
            ActionKind.ScaleDown when to * 2 < from => GuardVerdict.Refuse(Name, $"From {from} to {to} is less than half. Go in two steps."),
            ActionKind.ScaleOut => GuardVerdict.Pass(Name, $"Up from {from} to {to}, at most double."),
            _ => GuardVerdict.Pass(Name, $"Down from {from} to {to}, at most half."),
        };
    }
}
