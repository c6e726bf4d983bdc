namespace Cockpit.E2E.Support;

/// <summary>A cockpit on the simulated estate for tests that leave it as it is.</summary>
public sealed class EmbeddedCockpit : IAsyncLifetime
{
    internal CockpitApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await CockpitApp.StartAsync([]);

    public async Task DisposeAsync() => await App.DisposeAsync();
}
