using System.Collections.Immutable;
using Cockpit.Catalog;
using Cockpit.Connectors.Embedded;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Estate;
using Cockpit.Live;
using Cockpit.Storage;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Observing;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Executing;

/// <summary>The cockpit with its own catalog on the simulated estate, on one clock that tests move.</summary>
internal sealed class EmbeddedDesk : IActors, IAsyncDisposable
{
    private static readonly PlatformCatalog Catalog = CatalogLoader.Load(Files.OwnCatalog).Catalog;
    private static readonly PlatformModel Model = PlatformModelFactory.Create(Catalog);

    private readonly FakeClock _clock = new(Platform.Now);
    private readonly MemoryEventStore _store;
    private readonly ServiceProvider _services;
    private readonly SnapshotFeed _feed = new();
    private readonly LedgerReader _reader;
    private readonly ExecutionSupervisor _supervisor;
    private readonly ConfirmActionHandler _confirmations;
    private readonly PreviewActionHandler _previews;

    private EmbeddedDesk()
    {
        _store = new MemoryEventStore(_clock);
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddLogging()
            .AddEmbeddedEstate(new ConfigurationBuilder().Build()).BuildServiceProvider();
        _reader = new LedgerReader(_store, [Book], _clock, NullLogger<LedgerReader>.Instance);
        var presses = new PressLimit(120, _clock);
        var (desk, version) = (new PreviewDesk(_clock), new CatalogVersion(Catalog.Version));
        Targets = new ActionTargets(_services.GetServices<IActionTarget>());
        var judge = new ActionJudge(Targets, Model, new ChangeFreezes([]), _feed, Book, version, _clock);
        var dispatcher = new ActionDispatcher(Targets, _clock);
        var record = new ExecutionRecord(_store);
        var sender = new ActionSender(_store, _reader, judge, dispatcher, record, _clock, NullLogger<ActionSender>.Instance);
        var outcomes = new OutcomeWatch(_feed, _clock);
        var keeper = new LeaseKeeper(Model, _feed, Book, dispatcher, sender, record, _store, _clock);
        _previews = new PreviewActionHandler(Model, Targets, judge, desk, _feed, version, presses, _clock);
        _confirmations = new ConfirmActionHandler(Model, desk, sender, record, _store, Book, outcomes, presses, _clock);
        _supervisor = new ExecutionSupervisor(
            new SoleLeadership(), Book, new ExecutionFollower(Model, _feed, dispatcher, sender, new StepFollower(Model, sender, this), this, _clock), keeper, outcomes,
            new ApproverPages(new FakePager(), _clock), record, _clock, NullLogger<ExecutionSupervisor>.Instance);
        Approvals = new ApprovalHandler(Model, _previews, sender, record, this, presses, _clock);
        Checks = new RunCheckHandler(Model, _services.GetServices<ICheck>(), presses, _clock);
        Choices = new InputChoicesHandler(Model, _services.GetServices<IClusterObjects>(), _services.GetServices<IDatabases>(), Book, _clock);
    }

    /// <summary>Every action of the catalog with its card or runbook.</summary>
    public static IEnumerable<(string Owner, ActionDefinition Action)> AllActions =>
        Catalog.Cards.SelectMany(card => card.Actions.Select(action => (card.Id, action)))
            .Concat(Catalog.Runbooks.SelectMany(runbook => runbook.Actions.Select(action => (runbook.Id, action))));

    public static ActionDefinition Find(string owner, string action) => Model.Action(owner, action)!;

    /// <inheritdoc/>
    public Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Actor?>(Runs.Sam);

    public ExecutionBook Book { get; } = new();

    public ActionTargets Targets { get; }

    public ApprovalHandler Approvals { get; }

    public RunCheckHandler Checks { get; }

    public InputChoicesHandler Choices { get; }

    public EmbeddedNotices Notices => _services.GetRequiredService<EmbeddedNotices>();

    public CardState Card(string id) => _feed.Current.Health!.Card(id)!;

    public static async Task<EmbeddedDesk> OpenAsync(EstateFault? fault = null)
    {
        var desk = new EmbeddedDesk();
        await desk._reader.StartAsync(CancellationToken.None);
        if (fault is { } broken) desk.Estate(estate => estate.Inject(broken));
        await desk.PassAsync(TimeSpan.FromSeconds(1));
        return desk;
    }

    public void Estate(Action<SimulatedEstate> change) => _services.GetRequiredService<EmbeddedEstate>().Use(change);

    public T Estate<T>(Func<SimulatedEstate, T> read) => _services.GetRequiredService<EmbeddedEstate>().Use(read);

    /// <summary>Lets time pass: the estate moves, pollers look, the supervisor does its round.</summary>
    public async Task PassAsync(TimeSpan step)
    {
        _clock.Advance(step);
        var now = _clock.GetUtcNow();
        var readings = new PlatformReadings(await SeenAsync<MetricsReading>(), await SeenAsync<ClusterReading>(), await SeenAsync<RedisReading>(), await SeenAsync<ReplicationReading>());
        var health = PlatformHealth.Next(_feed.Current.Health, readings, Model, WebSocketCard.Unanswered, [], now);
        _feed.Publish(new CockpitSnapshot(_feed.Current.Number + 1, health, Book.Recent, null));
        await CatchUpAsync();
        await _supervisor.SuperviseAsync(CancellationToken.None);
        await CatchUpAsync();
    }

    /// <summary>Lets time pass, five seconds at a time, until it is so; fails when it is not within the limit.</summary>
    public async Task UntilAsync(Func<bool> so, TimeSpan limit, TimeSpan? step = null)
    {
        var each = step ?? TimeSpan.FromSeconds(5);
        for (var passed = TimeSpan.Zero; !so(); passed += each)
        {
            Assert.True(passed < limit, $"not so within {limit}");
            await PassAsync(each);
        }
    }

    public async Task<ActionPreview> PreviewAsync(string owner, string action, params ImmutableArray<InputValue> inputs) =>
        Assert.IsType<PreviewOutcome.Previewed>(await _previews.HandleAsync(owner, action, inputs, Runs.Sam, CancellationToken.None)).Preview;

    /// <summary>Previews and confirms as its risk asks; the guards must pass.</summary>
    public async Task<Execution> RunAsync(string owner, string action, params ImmutableArray<InputValue> inputs)
    {
        var preview = await PreviewAsync(owner, action, inputs);
        Assert.Empty(preview.Refusals);
        var outcome = await _confirmations.HandleAsync(
            preview.Id, new Confirmation(true, preview.Target, "drill"), Runs.Sam, CancellationToken.None);
        var execution = Assert.IsType<ConfirmOutcome.Started>(outcome).Execution;
        await CatchUpAsync();
        return execution;
    }

    /// <summary>The execution as it is recorded now.</summary>
    public ExecutionState StateOf(Execution execution) => Book.Find(execution.Id)!.State;

    public async ValueTask DisposeAsync()
    {
        await _reader.StopAsync(CancellationToken.None);
        _reader.Dispose();
        _supervisor.Dispose();
        await _services.DisposeAsync();
    }

    private Task CatchUpAsync() => _reader.ReachedAsync(_store.Entries.Length, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

    private async Task<SourceState<T>> SeenAsync<T>() =>
        SourceState<T>.Waiting("Estate", TimeSpan.FromSeconds(5)).Seen(await _services.GetRequiredService<ISource<T>>().ReadAsync(CancellationToken.None));
}
