using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cockpit.Connectors.Redis;

/// <summary>Reads replies of protocol version 2 and 3, with streamed strings and aggregates; pushes and attributes are passed over.</summary>
internal sealed class RespReader(RespInput input)
{
    private const int LongestBigNumber = 1024;

    /// <summary>The next reply.</summary>
    /// <exception cref="RespProtocolException">The bytes are not the protocol, or a limit is exceeded.</exception>
    /// <exception cref="EndOfStreamException">The server hung up in the middle.</exception>
    public async ValueTask<RespValue> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            input.BeginReply();
            if (await ReadValueAsync(0, cancellationToken) is { } value and not RespValue.Push) return value;
        }
    }

    /// <summary>The next value; null for the dot that ends a streamed aggregate.</summary>
    private async ValueTask<RespValue?> ReadValueAsync(int depth, CancellationToken cancellationToken)
    {
        if (depth > input.Limits.Depth) throw new RespProtocolException("nested a reply deeper than the limit");
        while (true)
        {
            input.CountElement();
            var line = await input.ReadLineAsync(cancellationToken);
            if (line.Length == 0) throw RespInput.NotRedis(line);
            var rest = line[1..];
            switch (line[0])
            {
                case '+': return new RespValue.Simple(rest);
                case '-': return ReadError(rest);
                case ':': return new RespValue.Number(ReadLong(line));
                case '_' when rest.Length == 0: return new RespValue.Null();
                case '#' when rest is "t" or "f": return new RespValue.Boolean(rest == "t");
                case ',': return new RespValue.Double(ReadDouble(line));
                case '(': return new RespValue.Big(ReadBig(line));
                case '$': return await ReadTextAsync(line, cancellationToken) is { } bulk ? new RespValue.Bulk(bulk) : new RespValue.Null();
                case '!': return ReadError(await ReadTextAsync(line, cancellationToken) ?? throw Bad(line));
                case '=': return ReadVerbatim(await ReadTextAsync(line, cancellationToken) ?? throw Bad(line));
                case '*': return await ReadItemsAsync(line, 1, depth, cancellationToken) is { } items ? new RespValue.List(items) : new RespValue.Null();
                case '~': return new RespValue.Set(await ReadItemsAsync(line, 1, depth, cancellationToken) ?? throw Bad(line));
                case '>': return new RespValue.Push(await ReadItemsAsync(line, 1, depth, cancellationToken) ?? throw Bad(line));
                case '%': return ReadMap(await ReadItemsAsync(line, 2, depth, cancellationToken) ?? throw Bad(line));
                // Attributes speak about the value that follows them; this client asks for none.
                case '|':
                    if (await ReadItemsAsync(line, 2, depth, cancellationToken) is null) throw Bad(line);
                    continue;
                case '.' when rest.Length == 0 && depth > 0: return null;
                default: throw RespInput.NotRedis(line);
            }
        }
    }

    // $5\r\nhello\r\n   $-1\r\n   $?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n
    private async ValueTask<string?> ReadTextAsync(string header, CancellationToken cancellationToken)
    {
        if (header[1..] != "?")
            return ReadLength(header) is { } length ? await input.ReadCountedAsync(length, cancellationToken) : null;

        var text = new StringBuilder();
        while (true)
        {
            var part = await input.ReadLineAsync(cancellationToken);
            if (part.Length < 2 || part[0] != ';' || ReadLength(part) is not { } partLength) throw Bad(part);
            if (partLength == 0) return text.ToString();
            text.Append(await input.ReadCountedAsync(partLength, cancellationToken));
            if (text.Length > input.Limits.BulkBytes) throw new RespProtocolException("streamed a string longer than the limit");
        }
    }

    // *2\r\n…   *-1\r\n   *?\r\n … .\r\n
    private async ValueTask<ImmutableArray<RespValue>?> ReadItemsAsync(string header, int perEntry, int depth, CancellationToken cancellationToken)
    {
        var streamed = header[1..] == "?";
        var count = streamed ? long.MaxValue : ReadLength(header);
        if (count is null) return null;
        if (!streamed && count > input.Limits.Elements) throw new RespProtocolException($"announced {count} elements, more than the limit");

        var items = ImmutableArray.CreateBuilder<RespValue>();
        while (streamed || items.Count < count * perEntry)
        {
            if (await ReadValueAsync(depth + 1, cancellationToken) is { } item) items.Add(item);
            else if (streamed) break;
            else throw Bad(".");
        }

        return items.Count % perEntry == 0 ? items.DrainToImmutable() : throw Bad(header);
    }

    private static RespValue.Map ReadMap(ImmutableArray<RespValue> items) =>
        new([.. items.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))]);

    // "-" may stand alone, and the code may have no message.
    private static RespValue.Error ReadError(string text)
    {
        var space = text.IndexOf(' ');
        return space < 0 ? new(text, "") : new(text[..space], text[(space + 1)..]);
    }

    private static RespValue.Verbatim ReadVerbatim(string text) =>
        text.Length >= 4 && text[3] == ':' ? new(text[..3], text[4..]) : throw Bad(text);

    private static long ReadLong(string line) =>
        long.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(line);

    /// <summary>A length, or null for the -1 that version 2 uses for null.</summary>
    private static long? ReadLength(string line) => ReadLong(line) switch
    {
        -1 => null,
        < -1 => throw Bad(line),
        var length => length,
    };

    private static double ReadDouble(string line) => line[1..].ToLowerInvariant() switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "-nan" => double.NaN,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Bad(line),
    };

    private static BigInteger ReadBig(string line) =>
        line.Length <= LongestBigNumber && BigInteger.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Bad(line);

    private static RespProtocolException Bad(string what) => new($"broke the Redis protocol at \"{Failure.Quote(what.Length > 60 ? what[..60] : what)}\"");
}
