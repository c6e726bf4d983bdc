using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>Asks Sentinel who the master of a Redis group is, and that node for its role and its replicas.</summary>
public sealed class MasterCheck(IRedisGroup redis) : ICheck
{
    /// <inheritdoc/>
    public TargetKind Target => TargetKind.RedisGroup;

    /// <inheritdoc/>
    public async Task<TargetAnswer<ImmutableArray<CheckLine>>> AskAsync(ActionDefinition action, CancellationToken cancellationToken) =>
        (await redis.ReadAsync(cancellationToken)).Select(Lines);

    private static ImmutableArray<CheckLine> Lines(RedisReading group)
    {
        var master = group.Nodes.FirstOrDefault(node => node.Endpoint == group.Master);
        return
        [
            new($"{group.SentinelsAgreeing} of {group.SentinelsTotal} Sentinels name {group.Master ?? "nobody"} as master of {group.Group}.",
                group.Master is not null && group.SentinelsAgreeing == group.SentinelsTotal),
            master is null ? new("Nobody can ask a master that is not named.", false)
                : master.Failure is { } failure ? new($"{master.Endpoint} {failure}.", false)
                : new($"{master.Endpoint} says of itself: {master.Role}.", master.Role == "master"),
            .. group.Nodes.Where(node => node != master).Select(Replica),
        ];
    }

    private static CheckLine Replica(RedisNode node) => node switch
    {
        { Failure: { } failure } => new($"{node.Endpoint} {failure}.", false),
        { LinkUp: true } => new($"{node.Endpoint} follows, at offset {node.ReplicationOffset}.", true),
        _ => new($"{node.Endpoint} has lost its master{(node.LinkDownFor is { } since ? $" for {FigureText.Duration(since)}" : "")}.", false),
    };
}
