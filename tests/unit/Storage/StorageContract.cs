namespace Cockpit.Tests.Storage;

/// <summary>Tests that hold for every storage; each kind derives and gives its own rig.</summary>
public abstract class StorageContract : IAsyncLifetime
{
    private StorageRig? _rig;

    internal StorageRig Rig => _rig ?? throw new InvalidOperationException("The rig is made before each test.");

    public async Task InitializeAsync() => _rig = await CreateRigAsync();

    public async Task DisposeAsync()
    {
        if (_rig is not null) await _rig.DisposeAsync();
    }

    internal abstract Task<StorageRig> CreateRigAsync();
}
