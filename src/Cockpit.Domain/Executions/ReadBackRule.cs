using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions;

/// <summary>What a look at the target says about a change whose answer was lost, by the way in which its outcome is known.</summary>
public static class ReadBackRule
{
    /// <summary>How long after sending a change that does not show may still come to show.</summary>
    public static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(30);

    /// <summary>True when the target shows that the change was made.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="target">The target as it is now.</param>
    public static bool IsApplied(Execution execution, TargetState target)
    {
        var pinned = execution.Sent;
        return execution.Preview.ReadBack switch
        {
            ReadBack.Value => target.Uid == pinned.Uid && target.Holds(pinned.Fields),
            ReadBack.Mark => target.Uid == pinned.Uid && target.Mark == execution.Id,
            ReadBack.Role => !target.IsStill(pinned.Fields),
            ReadBack.UidGone => target.Uid != pinned.Uid,
            _ => false,
        };
    }

    /// <summary>The fact that a look at the target gives; null while it cannot be told. What is not read back is never told: a person decides.</summary>
    /// <param name="execution">The execution whose outcome is unknown.</param>
    /// <param name="target">The target as it is now.</param>
    /// <param name="now">The instant of the look.</param>
    public static ExecutionEvent.ReadBack? Judge(Execution execution, TargetState target, DateTimeOffset now)
    {
        var (pinned, how) = (execution.Sent, execution.Preview.ReadBack);
        if (how == ReadBack.None) return null;
        var found = FieldText.Of(target, pinned.Fields);
        if (IsApplied(execution, target))
            return new(true, how switch { ReadBack.Mark => "the target carries the execution's mark", ReadBack.UidGone => "the object is gone", _ => found });
        if (how is ReadBack.Value or ReadBack.Mark && target.Uid != pinned.Uid) return new(false, "the target was deleted and created again");
        if (now - (execution.DispatchedAt ?? execution.RequestedAt) < SettlesWithin) return null;
        return new(false, how switch
        {
            ReadBack.Value when !target.IsStill(pinned.Fields) => $"{found}, set by somebody else",
            ReadBack.Value => $"{Still(found)}; nothing was changed",
            ReadBack.Mark => "the target does not carry the execution's mark; nothing was changed",
            ReadBack.UidGone => "the object is still there; nothing was changed",
            _ => $"{found} as before; nothing was changed",
        });
    }

    private static string Still(string found) => found.Replace("asks for", "still asks for", StringComparison.Ordinal).Replace(" is ", " still is ", StringComparison.Ordinal);
}
