using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Cockpit.Connectors.Redis;

/// <summary>The bytes do not follow the protocol, or exceed what this client is willing to read.</summary>
internal sealed class RespProtocolException(string message) : Exception(message);

/// <summary>How much of one reply is read at most, whatever lengths the server announces.</summary>
/// <param name="LineBytes">One line: a simple value, or the header of a longer one.</param>
/// <param name="BulkBytes">One string.</param>
/// <param name="ReplyBytes">The whole reply.</param>
/// <param name="Elements">Values in one reply, at all levels together.</param>
/// <param name="Depth">Levels of nesting.</param>
internal sealed record RespLimits(int LineBytes, int BulkBytes, int ReplyBytes, int Elements, int Depth)
{
    public static readonly RespLimits Default = new(64 * 1024, 1024 * 1024, 2 * 1024 * 1024, 20_000, 16);
}

/// <summary>Takes lines and counted strings off a connection, within limits.</summary>
/// <remarks>Memory grows with bytes that arrived, never with a length that was announced.</remarks>
internal sealed class RespInput(PipeReader pipe, RespLimits limits)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private long _spent;
    private int _elements;

    public RespLimits Limits => limits;

    /// <summary>A new reply begins: its budget starts afresh.</summary>
    public void BeginReply() => (_spent, _elements) = (0, 0);

    public void CountElement()
    {
        if (++_elements > limits.Elements) throw new RespProtocolException("sent a reply of more elements than the limit");
    }

    public async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (line.Length > limits.LineBytes) throw new RespProtocolException("sent a line longer than the limit");
                var text = Utf8.GetString(line);
                Spend(line.Length + 1);
                pipe.AdvanceTo(buffer.GetPosition(1, end));
                return text.EndsWith('\r') ? text[..^1] : throw NotRedis(text);
            }

            if (buffer.Length > limits.LineBytes) throw NotRedis(Utf8.GetString(buffer.Slice(0, 60)));
            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) throw new EndOfStreamException();
        }
    }

    public async ValueTask<string> ReadCountedAsync(long length, CancellationToken cancellationToken)
    {
        if (length > limits.BulkBytes) throw new RespProtocolException($"announced a string of {length} bytes, more than the limit");
        Spend(length + 2);
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.Length >= length + 2)
            {
                var text = Utf8.GetString(buffer.Slice(0, length));
                var ends = buffer.Slice(length, 2).ToArray() is [(byte)'\r', (byte)'\n'];
                pipe.AdvanceTo(buffer.GetPosition(length + 2));
                return ends ? text : throw new RespProtocolException("sent a string of another length than announced");
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) throw new EndOfStreamException();
        }
    }

    public static RespProtocolException NotRedis(string beginning) =>
        new($"does not speak the Redis protocol; it began with \"{Failure.Quote(beginning.Length > 60 ? beginning[..60] : beginning)}\"");

    private void Spend(long bytes)
    {
        _spent += bytes;
        if (_spent > limits.ReplyBytes) throw new RespProtocolException("sent a reply larger than the limit");
    }
}
