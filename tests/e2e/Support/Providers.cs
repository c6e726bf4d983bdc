using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cockpit.E2E.Support;

/// <summary>What a provider was asked.</summary>
internal sealed record AskedOfProvider(DateTimeOffset At, string Path, string Body);

/// <summary>A local server that takes what push, chat, webhook, text and voice providers take, and does not answer below <c>/hangs</c>.</summary>
internal sealed class Providers : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private ImmutableList<AskedOfProvider> _asked = [];

    public Providers()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public ImmutableList<AskedOfProvider> Asked => Volatile.Read(ref _asked);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        ((IDisposable)_listener).Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var asked = new AskedOfProvider(TimeProvider.System.GetUtcNow(), context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync());
                ImmutableInterlocked.Update(ref _asked, list => list.Add(asked));
                if (asked.Path.StartsWith("/hangs", StringComparison.Ordinal)) continue;
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                if (!_listener.IsListening) return;
            }
        }
    }
}
