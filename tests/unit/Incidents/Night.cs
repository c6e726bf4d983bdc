using System.Collections.Immutable;
using Cockpit.Catalog;
using Cockpit.Connectors.Alertmanager;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;
using Cockpit.Live;
using Cockpit.Storage;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Escalating;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Incidents;

/// <summary>
/// One process of the cockpit at night, on a ledger and a clock that outlive it. It is Sunday, 22 November 2026, 03:12 UTC: Jonas is primary,
/// Amara secondary, Samuel the manager of the week.
/// </summary>
internal sealed class Night : IAsyncDisposable
{
    public static readonly Actor Jonas = new("jonas", "Jonas Lindqvist", [Role.Viewer, Role.Responder], IsPerson: true);
    public static readonly Actor Amara = new("amara", "Amara Okafor", [Role.Viewer, Role.Responder], IsPerson: true);
    public static readonly Actor Guest = Actor.Anonymous;

    private static readonly PlatformCatalog Catalog = CatalogLoader.Load(Files.OwnCatalog).Catalog;

    private readonly EscalationSupervisor _escalation;
    private readonly NotificationSupervisor _notifications;
    private readonly FakeChannel[] _channels;

    private Night(FakeClock clock, MemoryEventStore store, FakeChannel[] channels)
    {
        (Clock, Store, _channels) = (clock, store, channels);
        OnCall = new OnCallBook(Catalog);
        Reader = new LedgerReader(store, [Book, OnCall, Watchdog], clock, NullLogger<LedgerReader>.Instance);
        Surroundings = new IncidentSurroundings(Catalog, Feed, clock);
        Intake = new AlertIntake(Book, Surroundings, store, Reader, clock);
        Desk = new IncidentDesk(Book, Surroundings, OnCall, store, Reader, clock);
        Rota = new OnCallDesk(store, Reader, OnCall, clock);
        _escalation = new EscalationSupervisor(
            new SoleLeadership(), Book, Surroundings, OnCall, store, Reader, clock, NullLogger<EscalationSupervisor>.Instance);
        _notifications = new NotificationSupervisor(
            new SoleLeadership(), Book, OnCall, channels, new Contacts(), new Links(), store, Reader, clock, NullLogger<NotificationSupervisor>.Instance);
    }

    public FakeClock Clock { get; }

    public MemoryEventStore Store { get; }

    public SnapshotFeed Feed { get; } = new();

    public IncidentBook Book { get; } = new();

    public WatchdogBook Watchdog { get; } = new();

    public OnCallBook OnCall { get; }

    public LedgerReader Reader { get; }

    public IncidentSurroundings Surroundings { get; }

    public AlertIntake Intake { get; }

    public IncidentDesk Desk { get; }

    public OnCallDesk Rota { get; }

    public Incident Only => Assert.Single(Book.Recent);

    public static async Task<Night> BeginAsync(DateTimeOffset? at = null, params FakeChannel[] channels)
    {
        var clock = at is { } start ? new FakeClock(start) : new FakeClock();
        return await StartAsync(new Night(clock, new MemoryEventStore(clock), channels));
    }

    /// <summary>The process after this one: the same ledger, nothing in memory.</summary>
    public async Task<Night> RestartAsync()
    {
        await DisposeAsync();
        return await StartAsync(new Night(Clock, Store, _channels));
    }

    /// <summary>A second process beside this one, on the same ledger.</summary>
    public Task<Night> BesideAsync() => StartAsync(new Night(Clock, Store, _channels));

    public Task TellAsync(params AlertSighting[] alerts) => TellAsync(null, alerts);

    public Task TellAsync(string? group, params AlertSighting[] alerts) =>
        Intake.StoreAsync([new AlertBatch("Alertmanager", group, [.. alerts], 0)], CancellationToken.None);

    public Task PostAsync(string body) => Intake.StoreAsync(
        [WebhookReader.Read(System.Text.Encoding.UTF8.GetBytes(body)) ?? WebhookReader.Unreadable(body.Length)], CancellationToken.None);

    /// <summary>One look of the escalation and of the messengers.</summary>
    public async Task LookAsync()
    {
        await _escalation.EscalateAsync(CancellationToken.None);
        await CatchUpAsync();
        _notifications.Begin(CancellationToken.None);
        await _notifications.FinishedAsync().WaitAsync(TimeSpan.FromSeconds(10));
        await CatchUpAsync();
    }

    /// <summary>Time goes by, and every second of the kind that matters is looked at.</summary>
    public async Task WaitAsync(TimeSpan time, TimeSpan? step = null)
    {
        await LookAsync();
        var pace = step ?? TimeSpan.FromSeconds(30);
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            Clock.Advance(end - Clock.GetUtcNow() < pace ? end - Clock.GetUtcNow() : pace);
            await LookAsync();
            await LookAsync();
        }
    }

    /// <summary>Begins messages without waiting for them: for a provider that hangs.</summary>
    public void Begin() => _notifications.Begin(CancellationToken.None);

    public Task MessagesAsync() => _notifications.FinishedAsync().WaitAsync(TimeSpan.FromSeconds(10));

    public Task CatchUpAsync() => Reader.ReachedAsync(Store.Entries.Length, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Who was paged, as <c>minutes person</c> since the incident was opened.</summary>
    public static string[] PagesOf(Incident incident) =>
        [.. incident.Pages.Select(page => FormattableString.Invariant($"{(page.At - incident.OpenedAt).TotalMinutes:0} {page.Person}"))];

    public static AlertSighting Alert(
        string name = "ServiceDown", bool firing = true, string? instance = null, Severity? severity = Severity.P1, string? card = null,
        DateTimeOffset? startedAt = null, string? service = null) => new(
        $"{name}/{instance}", name, firing, ImmutableSortedDictionary<string, string>.Empty.Add("alertname", name), $"{name} is wrong", severity, service,
        card, null, startedAt, null, null);

    public async ValueTask DisposeAsync()
    {
        await Reader.StopAsync(CancellationToken.None);
        Reader.Dispose();
        Intake.Dispose();
        _escalation.Dispose();
        _notifications.Dispose();
    }

    private static async Task<Night> StartAsync(Night night)
    {
        await night.Reader.StartAsync(CancellationToken.None);
        await night.CatchUpAsync();
        return night;
    }

    private sealed class Contacts : IContacts
    {
        public Uri PublicUrl { get; } = new("https://cockpit.example/");

        public string AddressOf(string person, ContactChannel channel) => $"{channel}-of-{person}";
    }

    private sealed class Links : IAcknowledgeLinks
    {
        public string Create(string incident, string person, string personName) => $"{incident}.{person}";

        public (string Incident, string Person, string PersonName)? Read(string token) => null;
    }
}

/// <summary>A provider that notes what it was asked to send and answers as a test says.</summary>
internal sealed class FakeChannel(ContactChannel channel, bool isPersonal = true) : INotificationChannel
{
    private readonly Lock _lock = new();
    private ImmutableArray<string> _keys = [];

    public ContactChannel Channel => channel;

    public bool IsPersonal => isPersonal;

    public Func<PageMessage, CancellationToken, Task<DeliveryAnswer>> Answer { get; set; } =
        (_, _) => Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Taken("200 OK"));

    /// <summary>Keys of everything that was sent, in order, repetitions included.</summary>
    public string[] Keys
    {
        get { lock (_lock) return [.. _keys]; }
    }

    public Task<DeliveryAnswer> SendAsync(PageMessage message, string? address, CancellationToken cancellationToken)
    {
        lock (_lock) _keys = _keys.Add(message.Key);
        return Answer(message, cancellationToken);
    }
}
