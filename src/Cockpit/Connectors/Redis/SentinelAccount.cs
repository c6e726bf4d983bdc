using System.Collections.Immutable;
using System.Globalization;

namespace Cockpit.Connectors.Redis;

/// <summary>What one Sentinel says about a group.</summary>
/// <param name="Master">The master it sends clients to; during a failover already the promoted replica.</param>
/// <param name="OtherSentinels">Sentinels it knows beside itself.</param>
/// <param name="ConfigEpoch">Counts the failovers; the higher one is the newer account.</param>
/// <param name="FailoverInProgress">It takes the master for objectively down, or is failing it over.</param>
/// <param name="Nodes">The master it watches and every replica it knows of.</param>
internal sealed record SentinelAccount(
    RedisAddress Master, int OtherSentinels, long ConfigEpoch, bool FailoverInProgress, ImmutableArray<RedisAddress> Nodes)
{
    /// <summary>The commands whose replies <see cref="Read"/> takes.</summary>
    public static string[][] Questions(string group) =>
        [["SENTINEL", "get-master-addr-by-name", group], ["SENTINEL", "master", group], ["SENTINEL", "replicas", group]];

    /// <exception cref="RedisRefusedException">The Sentinel does not know the group, or wants credentials.</exception>
    /// <exception cref="RespProtocolException">The replies are not those of a Sentinel.</exception>
    public static SentinelAccount Read(string group, IReadOnlyList<RespValue> replies)
    {
        foreach (var error in replies.OfType<RespValue.Error>()) throw Refused(group, error);
        if (replies[0] is RespValue.Null) throw UnknownGroup(group);

        var master = Properties(replies[1]);
        var replicas = replies[2].Items ?? throw Unexpected("replicas");
        return new(
            Named(replies[0]),
            (int)Number(master, "num-other-sentinels"),
            Number(master, "config-epoch"),
            Flags(master).Any(flag => flag is "o_down" or "failover_in_progress"),
            [Node(master), .. replicas.Select(replica => Node(Properties(replica)))]);
    }

    private static RedisRefusedException Refused(string group, RespValue.Error error) => error switch
    {
        { Code: "ERR" } when error.Message.StartsWith("No such master", StringComparison.OrdinalIgnoreCase) => UnknownGroup(group),
        { Code: "ERR" } when error.Message.Contains("unknown command", StringComparison.OrdinalIgnoreCase) => new(error.Code, "is not a Sentinel"),
        _ => RedisFailure.Refused(error),
    };

    private static RedisRefusedException UnknownGroup(string group) => new("ERR", $"watches no group named {Failure.Quote(group)}");

    private static RedisAddress Named(RespValue reply) =>
        reply.Items is [{ Text: { } host }, { Text: { } port }] ? Address(host, port) : throw Unexpected("get-master-addr-by-name");

    private static RedisAddress Node(Dictionary<string, string> properties) =>
        properties.TryGetValue("ip", out var host) && properties.TryGetValue("port", out var port) ? Address(host, port) : throw Unexpected("master");

    private static RedisAddress Address(string host, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue && host.Length > 0
            ? new(host, number)
            : throw new RespProtocolException("named an address without a host or a port");

    private static IEnumerable<string> Flags(Dictionary<string, string> properties) => properties.GetValueOrDefault("flags", "").Split(',');

    // Version 2 sends name and value in turn, version 3 a map.
    private static Dictionary<string, string> Properties(RespValue reply)
    {
        var items = reply.Items ?? throw Unexpected("master");
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index + 1 < items.Length; index += 2)
        {
            if (items[index].Text is { } name && items[index + 1].Text is { } value) properties[name] = value;
        }

        return properties;
    }

    private static long Number(Dictionary<string, string> properties, string name) =>
        properties.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue
            ? number
            : throw Unexpected("master");

    private static RespProtocolException Unexpected(string command) => new($"answered SENTINEL {command} in an unknown form");
}
