using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cockpit.Estate.Exporter;

/// <summary>As much of the protocol of Redis as asking one question needs.</summary>
internal sealed class RedisWire : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader _reader = null!;

    private RedisWire() { }

    /// <exception cref="IOException">It refuses the password.</exception>
    public static async Task<RedisWire> OpenAsync(string address, string? password, CancellationToken cancellationToken)
    {
        var wire = new RedisWire();
        try
        {
            var colon = address.LastIndexOf(':');
            await wire._client.ConnectAsync(address[..colon], int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture), cancellationToken);
            wire._reader = new StreamReader(wire._client.GetStream(), Encoding.UTF8);
            if (password is not null) await wire.AskAsync(cancellationToken, "AUTH", password);
            return wire;
        }
        catch
        {
            wire.Dispose();
            throw;
        }
    }

    /// <summary>The lines of the answer: one for a plain answer, one for each element of a list of texts.</summary>
    /// <exception cref="IOException">The server answers with an error or hangs up.</exception>
    public async Task<string[]> AskAsync(CancellationToken cancellationToken, params string[] words)
    {
        var request = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words) request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);

        var first = await LineAsync(cancellationToken);
        if (first[0] != '*') return [first[1..]];
        // *2 $9 127.0.0.1 $5 22010; *-1 when there is none.
        var elements = new string[Math.Max(0, int.Parse(first[1..], CultureInfo.InvariantCulture))];
        for (var index = 0; index < elements.Length; index++)
        {
            await LineAsync(cancellationToken);
            elements[index] = await LineAsync(cancellationToken);
        }

        return elements;
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = await _reader.ReadLineAsync(cancellationToken);
        return line is null or "" or ['-', ..] ? throw new IOException(line is { Length: > 0 } ? line[1..] : "it hung up") : line;
    }
}
