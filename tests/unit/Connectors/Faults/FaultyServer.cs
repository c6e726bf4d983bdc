using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cockpit.Tests.Connectors.Faults;

/// <summary>What a server does to one connection; it ends when the stream closes or the server stops.</summary>
internal delegate Task Behaviour(NetworkStream stream, CancellationToken stopped);

/// <summary>A TCP server on a loopback port that misbehaves as told, and mends its ways when told.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    private FaultyServer(int port, Behaviour behaviour) => (Port, Behave) = (port, behaviour);

    public int Port { get; private set; }

    /// <summary>Applies to connections accepted from now on.</summary>
    public Behaviour Behave { get; set; }

    public static FaultyServer Start(Behaviour behaviour)
    {
        var server = new FaultyServer(0, behaviour);
        server.Listen();
        return server;
    }

    /// <summary>A port on which nobody listens until <see cref="Listen"/>.</summary>
    public static FaultyServer Absent(Behaviour once)
    {
        var server = Start(once);
        server._listener!.Stop();
        return server;
    }

    public void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Stop();
        await _accepting;
        Task[] open;
        lock (_lock) open = [.. _connections];
        await Task.WhenAll(open);
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(_stop.Token);
                lock (_lock) _connections.Add(ServeAsync(client, Behave));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, Behaviour behaviour)
    {
        using (client)
        {
            try
            {
                await behaviour(client.GetStream(), _stop.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
            {
                // The connector hung up, or the test is over.
            }
        }
    }
}

/// <summary>Ways to misbehave that fit every protocol.</summary>
internal static class Behaviours
{
    public static readonly Behaviour NeverAnswer = (_, stopped) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopped);

    public static readonly Behaviour HangUp = (_, _) => Task.CompletedTask;

    public static readonly Behaviour SshBanner = Say("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");

    public static readonly Behaviour HttpServer = Say("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n400 Bad Request");

    public static Behaviour Say(string text) => Say(Encoding.Latin1.GetBytes(text));

    /// <summary>Waits for the first bytes, answers, and hangs up once the client has had its say.</summary>
    public static Behaviour Say(byte[] answer) => async (stream, stopped) =>
    {
        await ReadSomeAsync(stream, stopped);
        await stream.WriteAsync(answer, stopped);
        stream.Socket.Shutdown(SocketShutdown.Send);
        while (await ReadSomeAsync(stream, stopped) > 0) { }
    };

    /// <summary>The beginning, then one byte a second for ever.</summary>
    public static Behaviour Drip(string beginning, char forever) => async (stream, stopped) =>
    {
        await ReadSomeAsync(stream, stopped);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), stopped);
        while (true)
        {
            await stream.WriteAsync(new[] { (byte)forever }, stopped);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopped);
        }
    };

    /// <summary>The beginning, then the same block without end, as fast as it is taken.</summary>
    public static Behaviour Flood(string beginning, string block) => async (stream, stopped) =>
    {
        await ReadSomeAsync(stream, stopped);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), stopped);
        var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(block, 64 * 1024 / block.Length)));
        while (true) await stream.WriteAsync(bytes, stopped);
    };

    public static async Task<int> ReadSomeAsync(NetworkStream stream, CancellationToken stopped) => await stream.ReadAsync(new byte[64 * 1024], stopped);
}
