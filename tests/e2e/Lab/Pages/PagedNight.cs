using System.Diagnostics;
using Cockpit.Catalog;
using Cockpit.Domain.Incidents;
using Cockpit.E2E.Support;
using Cockpit.Storage;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>
/// The real process on the lab's servers, where Alertmanager posts to it, with a catalog whose escalation takes seconds instead of minutes. It is
/// killed without a chance to tidy up and started again on the same storage.
/// </summary>
internal sealed class PagedNight : IAsyncDisposable
{
    /// <summary>The catalog's times: acknowledge within, second level, third level.</summary>
    public static readonly TimeSpan[] Times = [TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(50)];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _catalog = Directory.CreateTempSubdirectory("cockpit-night-");
    private readonly OwnSchema _storage;
    private readonly Providers _providers;
    private Process? _process;

    private PagedNight(OwnSchema storage, Providers providers) => (_storage, _providers) = (storage, providers);

    private static Uri Address => new(LabSetting.Get("COCKPIT_LAB_COCKPIT"));

    public static async Task<PagedNight> PrepareAsync(Providers providers)
    {
        var night = new PagedNight(await OwnSchema.CreateAsync(), providers);
        CopyCatalog(new DirectoryInfo(Repository.File("catalog")), night._catalog);
        Assert.Empty(CatalogLoader.Load(night._catalog.FullName).Errors);
        return night;
    }

    /// <summary>Starts the process and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var people = CatalogLoader.Load(_catalog.FullName).Catalog.OnCall!.People;
        string[] contacts = [.. people.SelectMany(person => new[] { $"--Notifications:People:{person.Id}:Push", $"push-{person.Id}", $"--Notifications:People:{person.Id}:Phone", $"+46-{person.Id}" })];
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Cockpit.dll"), "--urls", Address.ToString(), "--Config", Path.Combine(Lab.Folder, "cockpit.json"),
            "--Storage:ConnectionString", _storage.ConnectionString, "--Catalog:Directory", _catalog.FullName, "--Logging:LogLevel:Default", "Warning",
            "--Notifications:PublicUrl", Address.ToString(), "--Notifications:Push:Url", _providers.Address.ToString(),
            "--Notifications:Twilio:Url", _providers.Address.ToString(), "--Notifications:Twilio:Account", "AC1", "--Notifications:Twilio:Token", "secret",
            "--Notifications:Twilio:From", "+4670000", "--Notifications:Slack:Url", new Uri(_providers.Address, "hangs/slack").ToString(), .. contacts,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Lab.Folder };
        start.Environment["COCKPIT_Storage__Kind"] = "postgres";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        await UntilAsync(async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"The cockpit ended with {_process.ExitCode}.");
            try
            {
                using var ready = await http.GetAsync("/readyz");
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the cockpit answers");
    }

    /// <summary>Ends the process as the machine would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false }) return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The incident with that title as the ledger tells it; null when there is none yet.</summary>
    public async Task<Incident?> IncidentAsync(string title)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Kind"] = "postgres",
            ["Storage:ConnectionString"] = _storage.ConnectionString,
            ["Storage:CreateIfMissing"] = "false",
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddCockpitStorage(configuration).BuildServiceProvider();
        var book = new IncidentBook();
        await foreach (var entry in services.GetRequiredService<IEventStore>().ReadLedgerAsync(1, CancellationToken.None)) book.Apply(entry);
        return book.Recent.FirstOrDefault(incident => incident.Title == title);
    }

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited in vain until {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        await _storage.DisposeAsync();
        _catalog.Delete(recursive: true);
    }

    private static void CopyCatalog(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories()) CopyCatalog(folder, to.CreateSubdirectory(folder.Name));
        foreach (var file in from.EnumerateFiles())
        {
            var text = File.ReadAllText(file.FullName);
            var (acknowledge, second, third) = ($"{Times[0].TotalSeconds}s", $"{Times[1].TotalSeconds}s", $"{Times[2].TotalSeconds}s");
            text = file.Name switch
            {
                "escalation.yaml" => text.Replace("acknowledge-within: 5m", $"acknowledge-within: {acknowledge}").Replace("respond-within: 5m", $"respond-within: {acknowledge}")
                    .Replace("after: 15m", $"after: {second}").Replace("until: 15m", $"until: {second}").Replace("after: 30m", $"after: {third}").Replace("until: 30m", $"until: {third}"),
                "on-call.yaml" => text.Replace("coverage: business-hours", "coverage: all-hours"),
                _ => text,
            };
            File.WriteAllText(Path.Combine(to.FullName, file.Name), text);
        }
    }
}
