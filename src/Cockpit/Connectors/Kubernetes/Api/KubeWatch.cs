using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text.Json;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>What a watch tells.</summary>
internal abstract record WatchEvent<T>
{
    private WatchEvent() { }

    /// <summary>The object is there and looks like this.</summary>
    public sealed record Changed(T Object) : WatchEvent<T>;

    /// <summary>The object is gone; this is how it last looked.</summary>
    public sealed record Removed(T Object) : WatchEvent<T>;

    /// <summary>Nothing else happened up to this version.</summary>
    public sealed record Bookmark(string ResourceVersion) : WatchEvent<T>;

    /// <summary>The watch is over for this reason; after <see cref="KubeFailure.Gone"/> only a new list helps.</summary>
    public sealed record Broken(KubeFailure Failure) : WatchEvent<T>;
}

internal static class KubeWatch
{
    /// <summary>After this long the server ends a watch by itself, without an error.</summary>
    public static readonly TimeSpan ServerSideLife = TimeSpan.FromMinutes(5);

    /// <summary>A server sends bookmarks about once a minute; a watch silent for longer may be hanging and is given up.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);
}

/// <summary>One running watch: a line of JSON for every event.</summary>
internal sealed class KubeWatch<T>(HttpResponseMessage response, Stream stream, Uri server, TimeProvider clock) : IAsyncDisposable where T : IKubeObject
{
    private const int LongestLine = 8 << 20;

    private readonly PipeReader _lines = PipeReader.Create(stream);
    private bool _over;

    /// <summary>The next event; null once the server has ended the watch in good order, or after <see cref="WatchEvent{T}.Broken"/>.</summary>
    public async Task<WatchEvent<T>?> NextAsync(CancellationToken cancellationToken)
    {
        if (_over) return null;
        var next = await ReadAsync(cancellationToken);
        _over = next is null or WatchEvent<T>.Broken;
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.CompleteAsync();
        response.Dispose();
    }

    private async Task<WatchEvent<T>?> ReadAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(KubeWatch.LongestSilence, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            while (true)
            {
                var read = await _lines.ReadAsync(bounded.Token);
                var buffer = read.Buffer;
                if (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = buffer.Slice(0, end).ToArray();
                    _lines.AdvanceTo(buffer.GetPosition(1, end));
                    if (line.AsSpan().Trim((byte)'\r').IsEmpty) continue;
                    return Parse(line);
                }

                if (read.IsCompleted) return buffer.IsEmpty ? null : Broken($"{server.Authority} cut the watch off in the middle of an event");
                if (buffer.Length > LongestLine) return Broken($"{server.Authority} sent an event larger than {LongestLine >> 20} MiB");
                _lines.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Broken($"{server.Authority} kept the watch silent for {KubeWatch.LongestSilence.TotalSeconds:0} s");
        }
        catch (JsonException)
        {
            return Broken($"{server.Authority} sent an event that cannot be read");
        }
        catch (Exception problem) when (TransportFault.Describe(problem, server) is { } reason)
        {
            return Broken(reason);
        }
    }

    // {"type":"MODIFIED","object":{…}}  {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}  {"type":"ERROR","object":{"kind":"Status","code":410,…}}
    private static WatchEvent<T> Parse(byte[] line)
    {
        var told = KubeJson.Read<Line>(line);
        switch (told.Type)
        {
            case "ADDED" or "MODIFIED":
                return new WatchEvent<T>.Changed(KubeJson.Read<T>(told.Object));
            case "DELETED":
                return new WatchEvent<T>.Removed(KubeJson.Read<T>(told.Object));
            case "BOOKMARK":
                return new WatchEvent<T>.Bookmark(KubeJson.Read<Mark>(told.Object).Metadata.ResourceVersion);
            case "ERROR":
                var status = KubeJson.Read<KubeStatus>(told.Object);
                return new WatchEvent<T>.Broken(KubeStatus.Classify((HttpStatusCode)status.Code, status, null));
            default:
                throw new JsonException("an event of a type that does not exist");
        }
    }

    private static WatchEvent<T>.Broken Broken(string why) => new(new KubeFailure.Unreachable(why));

    private sealed record Line(string Type, JsonElement Object);

    private sealed record Mark(MarkMeta Metadata);

    private sealed record MarkMeta(string ResourceVersion);
}
