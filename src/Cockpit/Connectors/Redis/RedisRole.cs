namespace Cockpit.Connectors.Redis;

/// <summary>What a process answers to ROLE: the read-back of a failover.</summary>
internal abstract record RedisRole
{
    private RedisRole() { }

    public sealed record Master(long Offset, int Replicas) : RedisRole;

    /// <param name="Of">The master it follows.</param>
    /// <param name="Link"><c>connect</c>, <c>connecting</c>, <c>sync</c> or <c>connected</c>.</param>
    /// <param name="Offset">Bytes of the stream received; -1 before the first.</param>
    public sealed record Replica(RedisAddress Of, string Link, long Offset) : RedisRole;

    public sealed record Sentinel(int Groups) : RedisRole;

    public static async Task<RedisRole> AskAsync(RedisConnection connection, CancellationToken cancellationToken) =>
        Read(await connection.SendAsync(["ROLE"], cancellationToken));

    // ["master", 3129659, [["10.0.0.2", "6379", "3129242"]]]   ["slave", "10.0.0.1", 6379, "connected", 3167038]   ["sentinel", ["mymaster"]]
    public static RedisRole Read(RespValue reply) => reply switch
    {
        RespValue.Error error => throw RedisFailure.Refused(error),
        { Items: [{ Text: "master" }, RespValue.Number offset, { Items: { } replicas }, ..] } => new Master(offset.Value, replicas.Length),
        { Items: [{ Text: "slave" }, { Text: { } host }, RespValue.Number { Value: >= 0 and <= ushort.MaxValue } port, { Text: { } link }, RespValue.Number offset, ..] } =>
            new Replica(new(host, (int)port.Value), link, offset.Value),
        { Items: [{ Text: "sentinel" }, { Items: { } groups }, ..] } => new Sentinel(groups.Length),
        _ => throw new RespProtocolException("answered ROLE in an unknown form"),
    };
}
