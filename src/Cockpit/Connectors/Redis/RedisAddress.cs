using System.Globalization;

namespace Cockpit.Connectors.Redis;

/// <summary>Where a Redis or Sentinel process listens; written <c>host:port</c>, an IPv6 host in brackets.</summary>
public sealed record RedisAddress(string Host, int Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[::1]:port</c> or a bare IPv6 address.</summary>
    /// <returns>Null when the text is none of them.</returns>
    public static RedisAddress? Parse(string text, int defaultPort)
    {
        var (host, port) = text switch
        {
            ['[', ..] when text.IndexOf(']') is var close and > 1 => (text[1..close], text[(close + 1)..]),
            _ when text.Count(character => character == ':') == 1 => (text[..text.IndexOf(':')], text[text.IndexOf(':')..]),
            _ => (text, ""),
        };
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return null;
        if (port.Length == 0) return new(host, defaultPort);
        return port[0] == ':' && ushort.TryParse(port.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new(host, number)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
