using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Cockpit.E2E.Lab.Pages;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>The real process of the cockpit on the lab's servers, which ends as a killed process does and is started again on the same storage.</summary>
internal sealed class CrashedCockpit : IAsyncDisposable
{
    private const int KilledExitCode = 137;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly OwnSchema _storage;
    private readonly int _port;
    private readonly HttpClient _client;
    private Process? _process;

    private CrashedCockpit(OwnSchema storage, int port, string key)
    {
        (_storage, _port) = (storage, port);
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"), Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>A storage of its own with a token that may act; nothing runs yet.</summary>
    public static async Task<CrashedCockpit> PrepareAsync()
    {
        var storage = await OwnSchema.CreateAsync();
        var key = await OnceAsync(storage, "token", "create", "crash-test", "--roles", "viewer,responder");
        return new CrashedCockpit(storage, FreePort(), key);
    }

    /// <summary>Starts the process, with a step at which it kills itself or without, and waits until it answers.</summary>
    public async Task StartAsync(string? crashAt)
    {
        string[] testing = crashAt is null ? [] : ["--Testing:Enabled", "true", "--Testing:CrashAt", crashAt];
        _process = Start(_storage, ["--urls", _client.BaseAddress!.ToString(), "--Config", Path.Combine(Pages.Lab.Folder, "cockpit.json"),
            "--Storage:ConnectionString", _storage.ConnectionString, "--Logging:LogLevel:Default", "Warning", "--Security:ActionsPerMinute", "100000", .. testing]);
        await UntilAsync(async () =>
        {
            if (_process.HasExited) return true;
            try
            {
                using var ready = await _client.GetAsync("/api/v1/cards");
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the cockpit answers");
    }

    /// <summary>Ends the process as the machine would: without a chance to tidy up.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Waits until the process is gone, and says whether it was killed.</summary>
    public async Task<bool> DiedAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within, TimeProvider.System);
        try
        {
            await _process!.WaitForExitAsync(patience.Token);
            return _process.ExitCode == KilledExitCode;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What the API answers; null when the process died before it did.</summary>
    public async Task<JsonNode?> TryPostAsync(string path, object? body = null)
    {
        try
        {
            using var response = await _client.PostAsJsonAsync(path, body ?? new { });
            return JsonNode.Parse(await response.Content.ReadAsStringAsync());
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>What the API holds; null when there is none, or nobody answers.</summary>
    public async Task<JsonNode?> TryGetAsync(string path)
    {
        try
        {
            using var response = await _client.GetAsync(path);
            return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>A preview that may run, made as soon as the card shows its symptoms.</summary>
    public async Task<string> PreviewAsync(string card, string action, object? inputs = null)
    {
        JsonNode? preview = null;
        await UntilAsync(async () =>
        {
            preview = await TryPostAsync($"/api/v1/cards/{card}/actions/{action}/previews", new { inputs });
            return preview?["mayRun"] is { } may && (bool)may;
        }, $"{action} may run; last: {preview?.ToJsonString()}");
        return (string)preview!["id"]!;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited in vain until {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>What <c>audit verify</c> says of the whole ledger.</summary>
    public Task<string> VerifyAsync() => OnceAsync(_storage, "audit", "verify");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        await _storage.DisposeAsync();
    }

    private static async Task<string> OnceAsync(OwnSchema storage, params string[] arguments)
    {
        using var process = Start(storage, arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {output} {errors}");
    }

    private static Process Start(OwnSchema storage, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cockpit.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Pages.Lab.Folder,
        };
        start.Environment["COCKPIT_Storage__Kind"] = "postgres";
        start.Environment["COCKPIT_Storage__ConnectionString"] = storage.ConnectionString;
        var process = Process.Start(start)!;
        if (arguments[0] is not ("token" or "audit"))
        {
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
