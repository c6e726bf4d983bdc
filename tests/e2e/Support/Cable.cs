using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cockpit.E2E.Support;

/// <summary>The line between a browser and the cockpit, which can be pulled and plugged in again.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Task, TcpClient> _carried = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private volatile bool _isCut;

    public Cable(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Ends every connection and refuses new ones.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var client in _carried.Values) client.Close();
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_carried.Keys);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var browser = await _listener.AcceptTcpClientAsync(_ended.Token);
                if (_isCut) browser.Close();
                else _carried.TryAdd(CarryAsync(browser), browser);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var near = browser;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port, _ended.Token);
            var (left, right) = (near.GetStream(), far.GetStream());
            await Task.WhenAny(left.CopyToAsync(right, _ended.Token), right.CopyToAsync(left, _ended.Token));
        }
        catch (Exception gone) when (gone is SocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }
}
