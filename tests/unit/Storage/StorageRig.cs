using Cockpit.Domain.Executions;
using Cockpit.Storage;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Storage;

/// <summary>An empty database of one kind, on which a test opens as many instances of the cockpit's storage as it needs.</summary>
internal abstract class StorageRig : IAsyncDisposable
{
    public static readonly Actor Lena = new("u-17", "Léna Ørsted", [Role.Responder, Role.Viewer], true);

    private readonly List<StorageInstance> _instances = [];

    public FakeClock Clock { get; } = new();

    public StorageInstance Open(IReadOnlyList<Migration>? migrations = null) => Open(health => CreateDatabase(health, migrations));

    /// <summary>Runs SQL as somebody who has the database's own access but not its triggers in the way.</summary>
    public abstract Task TamperAsync(string sql);

    /// <summary>Runs SQL past the cockpit, with its triggers in place.</summary>
    public abstract Task ExecuteAsync(string sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances) await instance.Database.DisposeAsync();
        await DeleteAsync();
    }

    protected StorageInstance Open(Func<StorageHealth, StorageDatabase> create)
    {
        var health = new StorageHealth(Clock, NullLogger<StorageHealth>.Instance);
        var database = create(health);
        var instance = new StorageInstance(database, health, new SqlEventStore(database, Clock));
        _instances.Add(instance);
        return instance;
    }

    protected abstract StorageDatabase CreateDatabase(StorageHealth health, IReadOnlyList<Migration>? migrations);

    protected abstract Task DeleteAsync();
}

internal sealed record StorageInstance(StorageDatabase Database, StorageHealth Health, SqlEventStore Store)
{
    public Task<AppendResult> AppendAsync(StreamId stream, long? expectedVersion, params string[] payloads) =>
        Store.AppendAsync(
            stream, expectedVersion, [.. payloads.Select(payload => new NewEvent("test.noted", payload, StorageRig.Lena))], CancellationToken.None);

    public async Task<List<StoredEvent>> ReadAllAsync(long fromPosition = 1)
    {
        var all = new List<StoredEvent>();
        await foreach (var entry in Store.ReadLedgerAsync(fromPosition, CancellationToken.None)) all.Add(entry);
        return all;
    }

    public Task<AuditVerdict> VerifyAsync(params AuditAnchor[] anchors) =>
        AuditVerification.VerifyAsync(Store, anchors, CancellationToken.None);
}
