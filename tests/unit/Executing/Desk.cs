using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.Storage;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Executing;

/// <summary>One process of the cockpit at work on a ledger and a cluster; a second one on the same is a restart or another instance.</summary>
internal sealed class Desk : IActors, IAsyncDisposable
{
    private static readonly PlatformModel Model = new(PlatformFacts.Reference, [],
    [
        WebSocketCard.Card with
        {
            Actions =
            [
                .. WebSocketCard.Card.Actions,
                WebSocketCard.ScaleOut with { Id = "scale-to-6", Parameters = WebSocketCard.ScaleOut.Parameters.SetItem("replicas", "6") },
                WebSocketCard.ScaleOut with { Id = "unreadable", ReadBack = Domain.Cards.ReadBack.None },
                WebSocketCard.ScaleOut with { Id = "scale-beyond", Bounds = new Domain.Cards.ActionBounds(2, 6) },
                WebSocketCard.ScaleOut with
                {
                    Id = "restore", Kind = Domain.Cards.ActionKind.TrafficRestore, Lease = null, Parameters = WebSocketCard.ScaleOut.Parameters.SetItem("pause", "30s"),
                },
                WebSocketCard.ScaleOut with { Id = "undo", Kind = Domain.Cards.ActionKind.Undo },
                .. Enum.GetValues<Domain.Cards.ActionRisk>().Select(risk => WebSocketCard.ScaleOut with { Id = $"scale-out-{risk}", Risk = risk }),
            ],
        },
    ]);

    private static readonly IEnumerable<Actor> Everybody = [Runs.Sam, Runs.Ada, Runs.Erin, Runs.Ines, Runs.Noor, Runs.Robot];

    private readonly ExecutionSupervisor _supervisor;
    private readonly PreviewActionHandler _previews;
    private readonly ConfirmActionHandler _confirmations;

    private Desk(FakeClock clock, MemoryEventStore store, FakeCluster cluster, int pressesPerMinute)
    {
        (Clock, Store, Cluster) = (clock, store, cluster);
        Reader = new LedgerReader(store, [Book, Outcomes], clock, NullLogger<LedgerReader>.Instance);
        Previews = new PreviewDesk(clock);
        var presses = new PressLimit(pressesPerMinute, clock);
        var version = new CatalogVersion("v1");
        var targets = new ActionTargets([new ReplicaCounts(cluster)]);
        var judge = new ActionJudge(targets, Model, new ChangeFreezes([]), Feed, Book, version, clock);
        var dispatcher = new ActionDispatcher(targets, clock);
        var record = new ExecutionRecord(store);
        var sender = new ActionSender(store, Reader, judge, dispatcher, record, clock, NullLogger<ActionSender>.Instance);
        var outcomes = new OutcomeWatch(Feed, clock);
        var keeper = new LeaseKeeper(Model, Feed, Book, dispatcher, sender, record, store, clock);
        _previews = new PreviewActionHandler(Model, targets, judge, Previews, Feed, version, presses, clock);
        _confirmations = new ConfirmActionHandler(Model, Previews, sender, record, store, Book, outcomes, presses, clock);
        Approvals = new ApprovalHandler(Model, _previews, sender, record, this, presses, clock);
        Cancelling = new CancelExecutionHandler(record);
        Resolving = new ResolveExecutionHandler(record, presses);
        Leases = new LeaseHandler(record, keeper, presses, clock);
        _supervisor = new ExecutionSupervisor(
            new SoleLeadership(), Book, new ExecutionFollower(Model, Feed, dispatcher, sender, new StepFollower(Model, sender, this), this, clock), keeper, outcomes,
            new ApproverPages(Pager, clock), record, clock, NullLogger<ExecutionSupervisor>.Instance);
    }

    public FakeClock Clock { get; }

    public MemoryEventStore Store { get; }

    public FakeCluster Cluster { get; }

    public SnapshotFeed Feed { get; } = new();

    public ExecutionBook Book { get; } = new();

    public LedgerReader Reader { get; }

    public PreviewDesk Previews { get; }

    public OutcomeBook Outcomes { get; } = new();

    public FakePager Pager { get; } = new();

    public ApprovalHandler Approvals { get; }

    public CancelExecutionHandler Cancelling { get; }

    public ResolveExecutionHandler Resolving { get; }

    public LeaseHandler Leases { get; }

    /// <summary>Those whose roles were taken away since.</summary>
    public Dictionary<string, Actor?> Changed { get; } = [];

    /// <summary>What the newest execution has come to.</summary>
    public Execution Newest => Book.Recent[0];

    /// <inheritdoc/>
    public Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(Changed.TryGetValue(id, out var changed) ? changed : Everybody.FirstOrDefault(actor => actor.Id == id));

    /// <summary>A cockpit that sees four managers at 91 % and may scale them to eight.</summary>
    public static async Task<Desk> OpenAsync(int pressesPerMinute = 1_000)
    {
        var clock = new FakeClock(Platform.Now);
        var desk = new Desk(clock, new MemoryEventStore(clock), new FakeCluster(), pressesPerMinute);
        await desk.Reader.StartAsync(CancellationToken.None);
        desk.Observe();
        return desk;
    }

    /// <summary>The process after this one: the same ledger and cluster, nothing in memory.</summary>
    public async Task<Desk> RestartAsync()
    {
        await DisposeAsync();
        var next = new Desk(Clock, Store, Cluster, 1_000);
        await next.Reader.StartAsync(CancellationToken.None);
        return next;
    }

    /// <summary>The pollers see the cluster as it is now.</summary>
    public void Observe(MetricsReading? metrics = null) =>
        Publish(Platform.Readings(metrics ?? Platform.Metrics(), Platform.Cluster(Cluster.Workload)));

    public void Publish(PlatformReadings readings)
    {
        var now = Clock.GetUtcNow();
        var health = PlatformHealth.Next(Feed.Current.Health, Platform.At(now, readings), Model, WebSocketCard.Unanswered, [], now);
        Feed.Publish(new CockpitSnapshot(Feed.Current.Number + 1, health, Book.Recent, null));
    }

    public Task<PreviewOutcome> AskAsync(Actor? actor, string action = "scale-out", string card = Tiles.WebSocket) =>
        _previews.HandleAsync(card, action, [], actor, CancellationToken.None);

    public async Task<ActionPreview> PreviewAsync(Actor? actor = null, string action = "scale-out") =>
        Assert.IsType<PreviewOutcome.Previewed>(await AskAsync(actor ?? Runs.Sam, action)).Preview;

    public Task<ConfirmOutcome> ConfirmAsync(
        ActionPreview preview, Actor? actor = null, Confirmation? how = null, CancellationToken cancellationToken = default) =>
        _confirmations.HandleAsync(preview.Id, how ?? new Confirmation(true, null, null), actor ?? Runs.Sam, cancellationToken);

    public Task<ConfirmOutcome> ConfirmAsNobodyAsync(ActionPreview preview) =>
        _confirmations.HandleAsync(preview.Id, new Confirmation(true, null, null), null, CancellationToken.None);

    public async Task<Execution> RunAsync() => Assert.IsType<ConfirmOutcome.Started>(await ConfirmAsync(await PreviewAsync())).Execution;

    /// <summary>Asks for something critical, as somebody who typed the target and gave a reason.</summary>
    public async Task<Execution> AskForApprovalAsync(Actor? actor = null) => Assert.IsType<ConfirmOutcome.Started>(
        await ConfirmAsync(await PreviewAsync(actor, "scale-out-Critical"), actor, new Confirmation(false, "bondx/websocket-manager", "clients suffer"))).Execution;

    /// <summary>One round of the supervisor on everything that is recorded, and what is recorded after it.</summary>
    public async Task SuperviseAsync()
    {
        await CatchUpAsync();
        await _supervisor.SuperviseAsync(CancellationToken.None);
        await CatchUpAsync();
    }

    public Task CatchUpAsync() => Reader.ReachedAsync(Store.Entries.Length, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        await Reader.StopAsync(CancellationToken.None);
        Reader.Dispose();
        _supervisor.Dispose();
    }
}
