using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>While the action takes effect at least one healthy instance goes on serving, unless there is none to lose. Draining is meant to leave none.</summary>
internal static class LeavesAtLeastOneHealthyInstance
{
    private const string Name = "Leaves at least one healthy instance";

    public static GuardVerdict? Judge(GuardContext context) => context switch
    {
        {
            Action.Kind: not (ActionKind.ScaleDown or ActionKind.DeletePod or ActionKind.RolloutRestart or ActionKind.EnvPatch
                or ActionKind.ResourcesPatch or ActionKind.Undo)
        } => null,
        { Target.Healthy: 0 } => GuardVerdict.Pass(Name, "None is healthy now, so there is none to lose."),
        { Target: { Healthy: { } now, HealthyAfter: { } left } } => left >= 1
            ? GuardVerdict.Pass(Name, $"{left} of {now} healthy instances go on at least.")
            : GuardVerdict.Refuse(Name, $"Only {now} {(now == 1 ? "is" : "are")} healthy and none would be left. Bring up another first."),
        _ => GuardVerdict.Refuse(Name, "Without the target's state nobody can tell."),
    };
}
