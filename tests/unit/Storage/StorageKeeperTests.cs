using Cockpit.Storage;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

public sealed class StorageKeeperTests : IAsyncLifetime
{
    private readonly SqliteRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Start_goes_on_without_storage_and_notices_when_it_comes()
    {
        Directory.CreateDirectory(_rig.FilePath);
        var cockpit = _rig.Open();
        using var keeper = new StorageKeeper(cockpit.Database, _rig.Clock);

        await keeper.StartAsync(CancellationToken.None);
        var atStart = cockpit.Health.Current;
        Directory.Delete(_rig.FilePath);
        while (_rig.Clock.PendingTimers == 0) await Task.Yield();
        _rig.Clock.Advance(StorageKeeper.ProbeEvery);
        while (cockpit.Health.Current is StorageAvailability.Unavailable) await Task.Yield();
        await keeper.StopAsync(CancellationToken.None);

        Assert.IsType<StorageAvailability.Unavailable>(atStart);
        Assert.Equal(new StorageAvailability.Available(_rig.Clock.GetUtcNow()), cockpit.Health.Current);
    }

    [Fact]
    public async Task Start_is_refused_on_a_database_of_a_newer_version()
    {
        await _rig.Open().Database.PrepareAsync(CancellationToken.None);
        using var keeper = new StorageKeeper(_rig.Open([]).Database, _rig.Clock);

        await Assert.ThrowsAsync<MigrationRefusedException>(() => keeper.StartAsync(CancellationToken.None));
    }
}
