using Cockpit.Domain.Health;

namespace Cockpit.Connectors.Redis;

/// <summary>Asks one Redis node how it is.</summary>
internal sealed class RedisNodeReader(RedisConnections connections, TimeProvider clock)
{
    private static readonly string[] Ping = ["PING"];
    private static readonly string[][] Info = [["INFO", "replication"], ["INFO", "memory"]];

    /// <summary>The node's own account, or the reason why there is none; a failure is part of the reading.</summary>
    public async Task<RedisNode> ReadAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await connections.ReadAsync(address, (connection, token) => AskAsync(address, connection, token), cancellationToken);
        }
        catch (Exception failed) when (RedisFailure.IsExpected(failed))
        {
            return Unread(address, RedisFailure.Describe(failed));
        }
    }

    public static RedisNode Unread(RedisAddress address, string failure) =>
        new(address.ToString(), null, null, null, null, null, null, null, null, failure);

    private async Task<RedisNode> AskAsync(RedisAddress address, RedisConnection connection, CancellationToken cancellationToken)
    {
        // An error is a round trip too: a node that loads its data set or has lost its master may answer PING with one.
        var askedAt = clock.GetTimestamp();
        await connection.SendAsync(Ping, cancellationToken);
        var pingTime = clock.GetElapsedTime(askedAt);

        var replies = await connection.PipelineAsync(Info, cancellationToken);
        var replication = ReadInfo(replies[0]);
        var memory = ReadInfo(replies[1]);
        var isReplica = replication.Text("role") == "slave";
        return new(
            address.ToString(),
            replication.Text("role") ?? throw new RespProtocolException("answered INFO without a role"),
            replication.Offset,
            isReplica ? replication.LinkUp : null,
            isReplica ? replication.LinkDownFor : null,
            isReplica ? (int?)replication.Number("slave_priority") : null,
            pingTime,
            memory.Number("used_memory"),
            memory.Number("maxmemory"),
            null);
    }

    private static RedisInfo ReadInfo(RespValue reply) => reply switch
    {
        RespValue.Error error => throw RedisFailure.Refused(error),
        { Text: { } text } => RedisInfo.Parse(text),
        _ => throw new RespProtocolException("answered INFO with something other than text"),
    };
}
