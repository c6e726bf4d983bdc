using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>One process of the cockpit.</summary>
internal sealed class CrashInstance : IAsyncDisposable
{
    private const int KilledExitCode = 137;
    private const int LinesKept = 20;

    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private bool _ready;

    private CrashInstance(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>True once the process is gone; one that was not killed but ended by itself is an error.</summary>
    public bool IsGone => _process.HasExited && (_process.ExitCode == KilledExitCode
        ? true
        : throw new InvalidOperationException($"The cockpit ended by itself with {_process.ExitCode}: {string.Join('\n', _lines)}"));

    public static CrashInstance Start(CrashStorage storage, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Cockpit.dll"), "--urls", address.ToString(), "--Config", Path.Combine(Pages.Lab.Folder, "cockpit.json"),
            "--Storage:ConnectionString", storage.ConnectionString, "--Logging:LogLevel:Default", "Warning", .. settings,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Pages.Lab.Folder,
        };

        // A process that lives for seconds has no use for measuring itself.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        var instance = new CrashInstance(process, address);
        process.OutputDataReceived += (_, line) => instance.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => instance.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return instance;
    }

    /// <summary>Waits until it answers or is gone.</summary>
    public async Task ReadyAsync(HttpClient client)
    {
        if (_ready) return;
        await Deed.UntilAsync(async () =>
        {
            if (IsGone) return true;
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/readyz"));
                return _ready = answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the cockpit is ready");
    }

    /// <summary>Ends it as the machine would: without a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
