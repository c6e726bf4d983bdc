using System.Collections.Immutable;
using Cockpit.Api.V1;
using Cockpit.Catalog;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;
using Cockpit.Hosting;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.Storage;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Health;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Auditing;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cockpit.Tests.Executing.Guards;

/// <summary>
/// The use cases with the shipped catalog, and the API over HTTP in front of them, on a target, figures and a clock of the test's own. A
/// header says who calls.
/// </summary>
internal sealed class GuardedCockpit : IIdentities, IAsyncDisposable
{
    private const string CallerHeader = "X-Caller";

    private static readonly PlatformCatalog Catalog = CatalogLoader.Load(Files.OwnCatalog).Catalog;

    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    private GuardedCockpit(ImmutableArray<ChangeFreeze> freezes)
    {
        Store = new MemoryEventStore(Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(Clock).AddSingleton<IEventStore>(Store).AddSingleton<ILeadership, SoleLeadership>().AddSingleton<IIdentities>(this);
        services.AddSingleton(Model).AddSingleton(new CatalogVersion(Catalog.Version)).AddSingleton(new ChangeFreezes(freezes)).AddSingleton(Feed);
        services.AddSingleton(new SecurityOptions()).AddSingleton<CurrentActor>().AddSingleton<IActionTarget>(Target).AddSingleton<ActionTargets>();
        services.AddSingleton<ExecutionBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<ExecutionBook>());
        services.AddSingleton<LedgerReader>().AddHostedService(provider => provider.GetRequiredService<LedgerReader>());
        services.AddSingleton<IAnchorArchive, NoAnchors>().AddSingleton<AuditTrail>().AddSingleton<PreviewDesk>().AddSingleton<ActionJudge>().AddSingleton<ActionDispatcher>();
        services.AddSingleton<PreviewActionHandler>().AddSingleton<ConfirmActionHandler>().AddSingleton<RunCheckHandler>().AddSingleton<InputChoicesHandler>();
        services.AddExecuting().AddApi(actionsPerMinute: 1_000_000);
        services.AddRateLimiter(_ => { });
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (Actors.FirstOrDefault(actor => actor.Id == context.Request.Headers[CallerHeader]) is { } caller) context.User = CurrentActor.PrincipalOf(caller);
            return next(context);
        });
        _app.UseApiProblems();
        _app.UseRateLimiter();
        _app.MapApi();
    }

    /// <summary>Somebody of each role, of several, and a program.</summary>
    public static ImmutableArray<Actor> Actors { get; } =
    [
        new("nobody", "Nobody", [], true), Runs.Erin, Runs.Sam, Runs.Noor, new("root", "Root", [Role.Viewer, Role.Admin], true),
        Runs.Robot with { Roles = [Role.Viewer, Role.Responder] },
    ];

    public static PlatformModel Model { get; } = PlatformModelFactory.Create(Catalog);

    /// <summary>Every action of the catalog that changes something, with its card or runbook.</summary>
    public static IEnumerable<(string Owner, ActionDefinition Action)> Actions =>
        Model.Cards.Concat(Model.Procedures).SelectMany(card => card.Actions.Where(action => action.Kind != ActionKind.Check).Select(action => (card.Id, action)));

    public IServiceProvider Services => _app.Services;

    public ScriptedTarget Target { get; } = new();

    public FakeClock Clock { get; } = new(Platform.Now);

    public MemoryEventStore Store { get; }

    private SnapshotFeed Feed { get; } = new();

    /// <summary>Everything is as it must be for no guard to refuse anybody who may.</summary>
    public static async Task<GuardedCockpit> OpenAsync(params ImmutableArray<ChangeFreeze> freezes)
    {
        var cockpit = new GuardedCockpit(freezes.IsDefault ? [] : freezes);
        await cockpit._app.StartAsync();
        cockpit._client.BaseAddress = new Uri(cockpit._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        cockpit.See();
        return cockpit;
    }

    /// <summary>The pollers see this: whether any symptom shows, and figures.</summary>
    public void See(Verdict symptoms = Verdict.Holds, double primaryUse = 0.3, double orders = 0)
    {
        var now = Clock.GetUtcNow();
        var board = new SignalBoard(
        [
            new Signal(SignalIds.PrimaryConnectionUse, primaryUse, null, now, Freshness.Fresh, "test"), new Signal("orders.rate", orders, null, now, Freshness.Fresh, "test"),
        ]);
        ImmutableArray<CardState> cards =
        [
            .. Model.Cards.Select(card => new CardState(card,
                [.. card.Symptoms.Select(symptom => new ConditionState(symptom, symptom is SignalCondition ? symptoms : Verdict.Unknown, now, null, null))], [])),
        ];
        var health = PlatformHealth.Next(null, Platform.Readings(), Model, new Dictionary<string, HumanAnswer>(), [], now) with { Board = board, Cards = cards };
        Feed.Publish(new CockpitSnapshot(Feed.Current.Number + 1, health, [], null));
    }

    /// <summary>The answers that an action asks for.</summary>
    public static ImmutableArray<InputValue> InputsOf(ActionDefinition action) =>
        [.. action.Inputs.Select(input => new InputValue(input.Name, input.Kind == InputKind.Number ? "4" : "some"))];

    public Task<PreviewOutcome> PreviewAsync(string owner, ActionDefinition action, Actor actor) =>
        Services.GetRequiredService<PreviewActionHandler>().HandleAsync(owner, action.Id, InputsOf(action), actor, CancellationToken.None);

    public Task<ConfirmOutcome> ConfirmAsync(ActionPreview preview, Actor actor) =>
        Services.GetRequiredService<ConfirmActionHandler>().HandleAsync(preview.Id, new Confirmation(true, preview.Target, "because"), actor, CancellationToken.None);

    /// <summary>Somebody else did the action a moment ago, or is still at it.</summary>
    public async Task HasBegunAsync(string owner, ActionDefinition action, bool andEnded)
    {
        var preview = ((PreviewOutcome.Previewed)await PreviewAsync(owner, action, Runs.Ines)).Preview;
        List<ExecutionEvent> facts = [new ExecutionEvent.Requested(preview), new ExecutionEvent.DispatchIntended(1)];
        if (andEnded) facts.AddRange([new ExecutionEvent.Accepted("done"), new ExecutionEvent.EffectSeen("seen")]);
        await Store.AppendAsync(new StreamId(Ledger.ExecutionKind, preview.Id), 0, [.. facts.Select(fact => Ledger.Write(fact, Runs.Ines))], null, CancellationToken.None);
        await Services.GetRequiredService<LedgerReader>().ReachedAsync(Store.Entries.Length, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Posts to the API as somebody.</summary>
    public async Task<(int Status, System.Text.Json.Nodes.JsonNode Body)> PostAsync(Actor actor, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ApiSetup.Prefix}/{path}") { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.Add(CallerHeader, actor.Id);
        request.Headers.Add("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Actors.FirstOrDefault(actor => actor.Id == id));

    public Task<Actor?> CheckPasswordAsync(string name, string password, CancellationToken cancellationToken) => Task.FromResult<Actor?>(null);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class NoAnchors : IAnchorArchive
    {
        public Task<IReadOnlyList<AuditAnchor>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditAnchor>>([]);
    }
}
