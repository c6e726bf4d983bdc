using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>Only clients' sessions are ended, never replication, maintenance or other work of the server itself.</summary>
internal static class OnlyClientSessionsEnd
{
    private const string Name = "Only client sessions end";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.ClientBackendsOnly)) return null;
        if (context.Target is not { Sessions.IsDefault: false } target) return GuardVerdict.Refuse(Name, "Without the list of sessions nobody can tell.");
        if (target.Sessions.FirstOrDefault(session => session.Kind != DatabaseSession.ClientBackend) is { } other)
            return GuardVerdict.Refuse(Name, $"{other.Pid} is no client's session but a {other.Kind}. Spare it.");
        return target.Sessions.IsEmpty
            ? GuardVerdict.Refuse(Name, "No session is chosen, or those chosen have ended by themselves.")
            : GuardVerdict.Pass(Name, $"{target.Sessions.Length} client {(target.Sessions.Length == 1 ? "session" : "sessions")}, each by pid and start.");
    }
}
