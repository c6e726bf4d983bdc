namespace Cockpit.Domain.Executions.Guards;

/// <summary>The server, asked to try without doing, said yes. It does not concern a target that knows no dry run.</summary>
internal static class DryRunIsAccepted
{
    /// <summary>No reason of its own: it follows from another refusal.</summary>
    public const string NotAsked = "Not asked, because another guard refuses.";

    private const string Name = "The dry run is accepted";

    public static GuardVerdict? Judge(GuardContext context) => context.DryRun switch
    {
        { Offered: false } => null,
        { Accepted: true } => GuardVerdict.Pass(Name, context.DryRun.Message),
        { Accepted: false } => GuardVerdict.Refuse(Name, $"The server refuses: {context.DryRun.Message}"),
        { } silent => GuardVerdict.Refuse(Name, $"The server was asked but did not answer: {silent.Message}"),
        null => GuardVerdict.Refuse(Name, NotAsked),
    };
}
