namespace Cockpit.Domain.Executions.Guards;

/// <summary>No change freeze holds for the target. Reverts are not held up by one.</summary>
internal static class IsNotInAChangeFreeze
{
    private const string Name = "Is not in a change freeze";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (context.Freezes.IsDefaultOrEmpty) return null;
        var freeze = context.Freezes.FirstOrDefault(each => each.Holds(context.Action.Target.Namespace, context.Now));
        return freeze is null
            ? GuardVerdict.Pass(Name, "No freeze holds now.")
            : GuardVerdict.Refuse(Name, $"Changes are frozen until {freeze.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {freeze.Reason}. An admin may break glass.");
    }
}
