using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>The primary has connections to spare for the reads that it takes over.</summary>
internal static class PrimaryHasHeadroom
{
    private const string Name = "The primary has headroom";

    /// <summary>Share of its connections that the primary may have in use beforehand: the reads of a replica need about a third.</summary>
    private const double AtMost = 0.65;

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.PrimaryHasHeadroom)) return null;
        if (context.Board?[SignalIds.PrimaryConnectionUse] is not { Fresh: { } use } signal)
            return GuardVerdict.Cost(Name, $"Its connections cannot be told ({context.Board?[SignalIds.PrimaryConnectionUse].Gap ?? "no answer"}). Say why you act without it.");
        return use <= AtMost
            ? GuardVerdict.Pass(Name, $"{FigureText.Write(use, FigureUnit.Ratio)} of its connections are in use.")
            : GuardVerdict.Refuse(Name,
                $"{FigureText.Write(use, FigureUnit.Ratio)} of its connections are in use already; with the replica's reads on top it would run out above {FigureText.Write(AtMost, FigureUnit.Ratio)}. End idle sessions first.");
    }
}
