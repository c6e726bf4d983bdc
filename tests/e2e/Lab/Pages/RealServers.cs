namespace Cockpit.E2E.Lab.Pages;

/// <summary>The lab's servers, whole and at rest before and after. Tests break what they share, so nothing else runs beside them.</summary>
public sealed class RealServers : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await Lab.RepairAsync();
        await ResetAsync();
    }

    public Task DisposeAsync() => ResetAsync();

    /// <summary>Every fault off, nobody clinging to an old Redis master, every deployment as it was.</summary>
    internal static async Task ResetAsync()
    {
        await Lab.DoAsync("mend");
        await Lab.DoAsync("replica", "resume");
        await Lab.DoAsync("reset");
    }

    [CollectionDefinition(nameof(RealServers), DisableParallelization = true)]
    public sealed class Definition : ICollectionFixture<RealServers>;
}
