using System.Globalization;

namespace Cockpit.Connectors.Redis;

/// <summary>The lines of an INFO reply.</summary>
/// <remarks>
/// <code>
/// # Replication
/// role:slave
/// master_link_down_since_seconds:-1
/// slave0:ip=10.0.0.7,port=6379,state=wait_bgsave,offset=0,lag=0
/// maxmemory_human:0B
/// executable:
/// </code>
/// Values may be empty and may contain colons; unknown lines are kept, broken ones passed over.
/// </remarks>
internal sealed class RedisInfo
{
    /// <summary>A link that "has been down" for decades was never up: the server counts from the epoch then.</summary>
    private const long NeverConnected = 1_000_000_000;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private RedisInfo() { }

    public static RedisInfo Parse(string text)
    {
        var info = new RedisInfo();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line[0] != '#') info._values[line[..colon]] = line[(colon + 1)..];
        }

        return info;
    }

    /// <summary>The value; null when absent or empty.</summary>
    public string? Text(string key) => _values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    public long? Number(string key) =>
        long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool? LinkUp => Text("master_link_status") switch
    {
        null => null,
        var status => status == "up",
    };

    public TimeSpan? LinkDownFor => LinkUp == false && Number("master_link_down_since_seconds") is >= 0 and < NeverConnected and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : null;

    /// <summary>The node's position in the replication stream, under the name that its role gives it.</summary>
    public long? Offset => Text("role") == "slave" ? Number("slave_repl_offset") ?? Number("master_repl_offset") : Number("master_repl_offset");
}
