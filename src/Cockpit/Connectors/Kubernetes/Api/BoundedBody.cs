using System.Buffers;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>Reads a body that may not grow beyond a bound.</summary>
internal static class BoundedBody
{
    /// <exception cref="BodyTooLargeException">There is more.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(Math.Clamp((int)(content.Headers.ContentLength ?? 0), 4096, limit));
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0) return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > limit) throw new BodyTooLargeException(limit);
        }
    }
}

internal sealed class BodyTooLargeException(int limit) : Exception($"the answer is larger than {limit >> 20} MiB");
