using System.Globalization;
using Cockpit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cockpit.E2E.Support;

/// <summary>The cockpit as it is composed for people, in this process, on a free port and with storage of its own.</summary>
internal sealed class CockpitApp : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly string[] _settings;
    private readonly Action<IServiceCollection>? _change;
    private WebApplication _app = null!;

    private CockpitApp(string[] settings, Action<IServiceCollection>? change)
    {
        _data = Directory.CreateTempSubdirectory("cockpit-e2e-");
        (_settings, _change) = (settings, change);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts with settings as on the command line; what the change adds is registered last and so wins.</summary>
    public static async Task<CockpitApp> StartAsync(string[] settings, Action<IServiceCollection>? change = null)
    {
        var app = new CockpitApp(settings, change);
        await app.StartAsync();
        return app;
    }

    /// <summary>The same address, settings and storage; everything that lived in memory is gone.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        // The application's name leads to the manifests of its static files, which lie beside the tests.
        _app = CockpitServer.Build(
            ["--applicationName", "Cockpit", "--urls", Address.ToString(), "--Storage:DataDirectory", _data.FullName,
                "--Security:SignInsPerMinute", 1000.ToString(CultureInfo.InvariantCulture), .. _settings],
            builder =>
            {
                builder.Logging.ClearProviders();
                if (_change is not null) builder.Host.ConfigureContainer<IServiceCollection>((_, services) => _change(services));
            });
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }
}
