using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cockpit.Tests.Notifications;

/// <summary>What a provider was asked.</summary>
internal sealed record Asked(string Method, string Path, string? Authorization, ImmutableDictionary<string, string> Headers, string Body);

/// <summary>A provider on loopback that speaks HTTP, notes what it is asked and answers as a test says, or not at all.</summary>
internal sealed class Provider : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private ImmutableList<Asked> _asked = [];

    public Provider()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public int Status { get; set; } = 200;

    /// <summary>Seconds for which it wants to be left alone; null when it says nothing.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>True to take requests and never answer.</summary>
    public bool Hangs { get; set; }

    public ImmutableList<Asked> Requests => Volatile.Read(ref _asked);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        ((IDisposable)_listener).Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var headers = context.Request.Headers.AllKeys.OfType<string>().ToImmutableDictionary(key => key, key => context.Request.Headers[key] ?? "", StringComparer.OrdinalIgnoreCase);
                var asked = new Asked(context.Request.HttpMethod, context.Request.Url!.PathAndQuery, context.Request.Headers["Authorization"], headers, await reader.ReadToEndAsync());
                ImmutableInterlocked.Update(ref _asked, list => list.Add(asked));
                if (Hangs) continue;
                context.Response.StatusCode = Status;
                if (RetryAfter is { } seconds) context.Response.Headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
