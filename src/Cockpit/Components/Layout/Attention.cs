using System.Collections.Immutable;
using Cockpit.Domain.Executions;

namespace Cockpit.Components.Layout;

/// <summary>Something that waits for a person, whatever page they are on.</summary>
/// <param name="Key">Which.</param>
/// <param name="Kind"><c>approval</c>, <c>unknown</c>, <c>glass</c>.</param>
/// <param name="Text">What, as a sentence.</param>
/// <param name="Path">Where to decide.</param>
/// <param name="Until">When it is too late; null when it never is.</param>
public sealed record Attention(string Key, string Kind, string Text, string Path, DateTimeOffset? Until)
{
    /// <summary>What waits now, what ends first before the others.</summary>
    /// <param name="executions">Executions, finished ones among them.</param>
    /// <param name="runbooks">Ids of the runbooks: what belongs to one is decided on its page, all else on its card's; null when there is none.</param>
    public static ImmutableArray<Attention> Of(ImmutableArray<Execution> executions, IReadOnlySet<string>? runbooks = null) =>
        [.. executions.Select(execution => Of(execution, runbooks?.Contains(execution.Preview.CardId) == true ? "runbooks" : "cards")).OfType<Attention>().OrderBy(item => item.Until is null).ThenBy(item => item.Until)];

    private static Attention? Of(Execution execution, string shelf)
    {
        var path = $"/{shelf}/{execution.Preview.CardId}#execution-{execution.Id}";
        return execution switch
        {
            { State: ExecutionState.AwaitingApproval, Approval: { } asked } =>
                new(execution.Id, "approval", $"{execution.RequestedBy} waits for approval: {execution.Title}", path, asked.Until),
            { State: ExecutionState.Unknown } => new(execution.Id, "unknown", $"Outcome unknown, a person decides: {execution.Title}", path, null),
            { GlassBroken: not null } when execution.IsOpen || execution.HoldsLease =>
                new(execution.Id, "glass", $"Glass broken by {execution.GlassBrokenBy}: {execution.Title}", path, null),
            _ => null,
        };
    }
}
