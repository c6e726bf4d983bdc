using System.Globalization;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>Scaling out goes up and at most doubles; scaling down goes down and at most halves.</summary>
internal static class GoesTheWayItIsMeantTo
{
    private const string Name = "Goes the way it is meant to";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (context.Action.Kind == ActionKind.RaiseMinimum) return Minimum(context);
        if (context.Action.Kind is not (ActionKind.ScaleOut or ActionKind.ScaleDown or ActionKind.TrafficDrain or ActionKind.TrafficRestore)) return null;
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
            ActionKind.TrafficDrain when to >= from => GuardVerdict.Refuse(Name, $"It drains, but {to} is not less than {from}."),
            ActionKind.TrafficRestore when to <= from => GuardVerdict.Refuse(Name, $"It restores, but {from} replicas are asked for already and {to} is not more."),
            ActionKind.TrafficDrain => GuardVerdict.Pass(Name, $"Down from {from} to {to}, which is its purpose. {from} is remembered."),
            ActionKind.TrafficRestore => GuardVerdict.Pass(Name, $"Up from {from} to {to}."),
            ActionKind.ScaleOut => GuardVerdict.Pass(Name, $"Up from {from} to {to}, at most double."),
            _ => GuardVerdict.Pass(Name, $"Down from {from} to {to}, at most half."),
        };
    }

    private static GuardVerdict Minimum(GuardContext context)
    {
        if (context.Fields is not [{ From: { } held, To: { } wished }]
            || !int.TryParse(held, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(wished, NumberStyles.None, CultureInfo.InvariantCulture, out var to))
            return GuardVerdict.Refuse(Name, "Without the autoscaler's state nobody can tell.");
        return to > from
            ? GuardVerdict.Pass(Name, $"The minimum goes up from {from} to {to}; the autoscaler may still go higher.")
            : GuardVerdict.Refuse(Name, $"The autoscaler keeps {from} at least already and {to} is not more.");
    }
}
