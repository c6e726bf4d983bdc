using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cockpit.EngineBench;

/// <summary>A program on loopback that is measured, or that feeds one that is; it ends with its owner.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Neighbour(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Processor time it has used so far.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    public static async Task<Neighbour> StartAsync(string program, string ready, Func<Uri, IEnumerable<string>> arguments)
    {
        var address = FreeAddress();
        var start = new ProcessStartInfo(program, arguments(address)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var neighbour = new Neighbour(Process.Start(start)!, address);
        neighbour._process.BeginOutputReadLine();
        neighbour._process.BeginErrorReadLine();
        try
        {
            await neighbour.ReadyAsync(ready);
            return neighbour;
        }
        catch
        {
            await neighbour.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(path, patience.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}");
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
    }
}
