using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Cockpit.Catalog;
using Cockpit.Connectors.Prometheus;
using Cockpit.E2E.Support;

namespace Cockpit.E2E.Lab;

/// <summary>A Prometheus of its own that scrapes the lab's exporter and evaluates the rules the shipped catalog is exported to.</summary>
internal sealed class RulesPrometheus : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private RulesPrometheus(DirectoryInfo folder, Process process, Uri address)
    {
        (_folder, _process, Address) = (folder, process, address);
        Client = PrometheusRegistration.Open(new PrometheusOptions { Url = address, Timeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);
    }

    public Uri Address { get; }

    public PrometheusClient Client { get; }

    public static async Task<RulesPrometheus> StartAsync(Uri exporter)
    {
        var folder = Directory.CreateTempSubdirectory("cockpit-rules-");
        await using (var rules = File.CreateText(Path.Combine(folder.FullName, "rules.yml")))
        await using (var messages = new StringWriter(CultureInfo.InvariantCulture))
            Assert.True(CatalogCommands.Export("prometheus-rules", Repository.File("catalog"), rules, messages) == CatalogCommands.Good, messages.ToString());
        var configuration = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 5s}
            rule_files: [rules.yml]
            scrape_configs:
            - {job_name: quantx-api, honor_labels: true, static_configs: [{targets: ["{{exporter.Authority}}"]}]}
            """);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        var process = Process.Start(new ProcessStartInfo("prometheus",
        [
            $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
            $"--web.listen-address={address.Authority}", "--log.level=error",
        ]))!;
        var prometheus = new RulesPrometheus(folder, process, address);
        try
        {
            await prometheus.ReadyAsync();
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    /// <summary>The finite values a query has, with their labels.</summary>
    public async Task<IReadOnlyList<PrometheusSample>> AskAsync(string query) =>
        await Client.QueryAsync(query, default) is PrometheusAnswer<PrometheusSample>.Answered answered
            ? [.. answered.Series.Where(sample => sample.Value is { } value && double.IsFinite(value))]
            : throw new InvalidOperationException($"Prometheus does not answer {query}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync("-/ready", patience.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }

        throw new InvalidOperationException($"prometheus ended with {_process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
