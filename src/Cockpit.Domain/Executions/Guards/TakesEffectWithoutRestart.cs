using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>Whoever reads the ConfigMap follows it while running; who reads it only as its pods start is named, because it must be restarted.</summary>
internal static class TakesEffectWithoutRestart
{
    private const string Name = "Takes effect without a restart";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.TakesEffectWithoutRestart)) return null;
        if (context.Target is not { Readers.IsDefault: false } target) return GuardVerdict.Refuse(Name, "Without the target's state nobody can tell.");
        var atStart = target.Readers.Where(reader => reader.AtStartOnly).Select(reader => reader.Workload).ToList();
        if (atStart.Count > 0)
            return GuardVerdict.Cost(Name, $"Not for {string.Join(", ", atStart)}: it reads this only as its pods start, so restart it afterwards. Say that you will.");
        return GuardVerdict.Pass(Name, target.Readers.IsEmpty
            ? "No manifest mounts it: whoever reads it asks the cluster for it and follows."
            : $"{string.Join(", ", target.Readers.Select(reader => reader.Workload))} follows it as a mounted file, within about a minute.");
    }
}
