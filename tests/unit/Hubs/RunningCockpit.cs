using Cockpit.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Hubs;

/// <summary>The whole server in this process, embedded mode, on a port of its own choice and with a directory of its own.</summary>
public sealed class RunningCockpit : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cockpit-hub-").FullName;
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IServiceProvider Services => _app!.Services;

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync(params string[] settings)
    {
        _app = CockpitServer.Build(
            ["--urls", "http://127.0.0.1:0", "--applicationName", "Cockpit", "--Storage:DataDirectory", _directory, "--Logging:LogLevel:Default", "Warning", .. settings]);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_directory, true);
    }
}
