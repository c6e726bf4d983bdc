using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>The replica that Sentinel would likely promote has what the master has. A dead master makes that unmeasurable, which is said and does not block.</summary>
internal static class CandidateHasCaughtUp
{
    private const string Name = "The failover candidate has caught up";

    /// <summary>Bytes of the replication stream that are under way at any moment: about a second of writes.</summary>
    private const long UnderWay = 1 << 20;

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.CandidateCaughtUp)) return null;
        if (context.Target?.Outlook is not { } outlook) return GuardVerdict.Refuse(Name, "Without the group's state nobody can tell.");
        if (outlook.Candidate is not { } candidate)
            return GuardVerdict.Refuse(Name, "No replica is fit to be promoted: none answers with a priority above zero. Bring one back first.");
        if (!outlook.MasterAnswers)
            return GuardVerdict.Pass(Name,
                $"It cannot be measured: the master does not answer. {candidate.Endpoint} is the likely candidate; what it lacks is lost with the master.");
        if (candidate.LinkUp != true)
            return GuardVerdict.Refuse(Name,
                $"{candidate.Endpoint}, the likely candidate, lost its link to the master{(candidate.LinkDownFor is { } since ? $" {FigureText.Duration(since)} ago" : "")}: every write since would be lost. Wait until it follows.");
        return outlook.LostBytesAtLeast switch
        {
            null => GuardVerdict.Cost(Name, $"What {candidate.Endpoint} lacks cannot be measured. Say why you act without it."),
            <= UnderWay and var bytes => GuardVerdict.Pass(Name,
                $"{candidate.Endpoint}, the likely candidate, lacks {FigureText.Write(bytes, FigureUnit.Bytes)} at least. Sentinel picks, not we."),
            { } bytes => GuardVerdict.Refuse(Name,
                $"{candidate.Endpoint}, the likely candidate, lacks {FigureText.Write(bytes, FigureUnit.Bytes)} at least: those writes would be lost. Wait until it has caught up."),
        };
    }
}
