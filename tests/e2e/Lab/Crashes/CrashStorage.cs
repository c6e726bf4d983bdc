using Cockpit.Domain.Executions;
using Cockpit.E2E.Lab.Pages;
using Cockpit.Security;
using Cockpit.Storage;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>The storage that outlives every process of a crash test, read without any of them.</summary>
internal sealed class CrashStorage : IAsyncDisposable
{
    private readonly OwnSchema _schema;
    private readonly ServiceProvider _services;
    private readonly IEventStore _store;
    private readonly ExecutionRecord _record;

    private CrashStorage(OwnSchema schema)
    {
        _schema = schema;
        _services = new ServiceCollection().AddLogging().AddCockpitStorage(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Kind"] = "postgres",
            ["Storage:ConnectionString"] = schema.ConnectionString,
        }).Build()).BuildServiceProvider();
        _store = _services.GetRequiredService<IEventStore>();
        _record = new ExecutionRecord(_store);
    }

    public string ConnectionString => _schema.ConnectionString;

    public static async Task<CrashStorage> CreateAsync() => new(await OwnSchema.CreateAsync());

    /// <summary>Somebody who may sign in. The first process makes the tables; until it has, this waits.</summary>
    public async Task AddAsync(string name, string password, params string[] roles)
    {
        using var patience = new CancellationTokenSource(Deed.Patience, TimeProvider.System);
        while (true)
        {
            try
            {
                await _services.GetRequiredService<IUserStore>().CreateAsync(name, StoredIdentities.HashOf(password), roles, patience.Token);
                return;
            }
            catch (StorageUnavailableException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            }
        }
    }

    /// <summary>What the ledger says of an execution; null when it knows none.</summary>
    public Task<Execution?> ReadAsync(string id) => _record.ReadAsync(id, CancellationToken.None);

    /// <summary>How often the ledger says that the execution was about to be sent.</summary>
    public async Task<int> IntentsAsync(string id) =>
        (await _store.ReadStreamAsync(new StreamId(Ledger.ExecutionKind, id), CancellationToken.None)).Count(entry => entry.Type == "execution.dispatch-intended");

    /// <summary>What <c>audit verify</c> says of the whole ledger, by the same code.</summary>
    public Task<AuditVerdict> VerifyAsync() => AuditVerification.VerifyAsync(_store, [], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _schema.DisposeAsync();
    }
}
