using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cockpit.Tests.Connectors.Kubernetes;

/// <summary>Accepts connections and does something to each that no web server would.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public RawServer(Func<NetworkStream, CancellationToken, Task> talk)
    {
        _listener.Start();
        _loop = AcceptAsync(talk);
    }

    public TaskCompletionSource Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public static RawServer Saying(string text) => new(async (stream, stop) =>
    {
        _ = await stream.ReadAsync(new byte[4096], stop);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
    });

    public static RawServer Silent() => new((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> talk)
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token), talk));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> talk)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                Connected.TrySetResult();
                await talk(stream, _stop.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or IOException)
            {
                // The other side left, or the test is over.
            }
        }
    }
}
