using System.Collections.Immutable;
using Cockpit.Components.Operations;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.OnCall;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.OnCall;

/// <summary>What the person on call needs first: what is theirs, what fires, which card fits, when it ends.</summary>
public sealed partial class OnCallPage
{
    private OnCallSchedule _schedule = null!;
    private DateTimeOffset _now;
    private DateTimeOffset _handoff;
    private IncidentStanding[] _mine = [];
    private IncidentStanding[] _others = [];
    private ImmutableArray<OpenAlert> _fires = [];
    private Dictionary<string, string> _incidentOf = [];
    private Execution[] _waiting = [];
    private Execution[] _leases = [];
    private CardState? _card;
    private string? _person;
    private string? _said;
    private bool _busy;
    private Actor? _actor;
    private OnCallPerson? _me;
    private HandoffMeeting _meeting = null!;
    private IReadOnlyList<(ContactChannel Channel, DeliveryAnswer Answer)> _answers = [];

    [Inject] private OnCallBook OnCall { get; set; } = null!;

    [Inject] private NotificationSupervisor Notifications { get; set; } = null!;

    [Inject] private Heartbeat Heartbeat { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        OnSnapshot();
        _actor = await Who.ResolveAsync((await Authentication).User, Gone);
        _person = _schedule.Plan.People.FirstOrDefault()?.Id;
        OnSnapshot();
    }

    protected override bool IsWorthDrawing(CockpitSnapshot next) =>
        next.Number % 20 == 0 || !next.Incidents.SequenceEqual(Snapshot.Incidents) || !next.Executions.SequenceEqual(Snapshot.Executions)
        || !next.Objectives.Alerts.SequenceEqual(Snapshot.Objectives.Alerts);

    protected override void OnSnapshot()
    {
        (_schedule, _now) = (OnCall.Schedule, Clock.GetUtcNow());
        _handoff = _schedule.NextHandoff(_now);
        _meeting = OnCall.LastMeeting(_now);
        _me = _actor is null ? null : _schedule.Whose(_actor.Id, _actor.Name);
        var open = Snapshot.Incidents.Where(standing => standing.Incident.IsOpen).ToList();
        _mine = [.. open.Where(IsMine)];
        _others = [.. open.Where(standing => !IsMine(standing))];
        _fires = [.. Snapshot.Objectives.Alerts.Where(alert => alert.Phase == AlertPhase.Firing)];
        _incidentOf = open.SelectMany(standing => standing.Incident.Alerts.Keys.Select(key => (key, standing.Incident.Id)))
            .DistinctBy(pair => pair.key).ToDictionary(pair => pair.key, pair => pair.Id);
        _waiting = [.. Snapshot.Executions.Where(execution =>
            execution.State == ExecutionState.AwaitingApproval && _actor?.May(Role.Approver) == true && execution.RequestedById != _actor.Id)];
        _leases = [.. Snapshot.Executions.Where(execution => execution.HoldsLease && execution.RequestedById == _actor?.Id)];
        _card = Snapshot.Health is { } health ? NowText.Fitting(health.Cards) : null;
    }

    private bool IsMine(IncidentStanding standing) => _actor is { IsPerson: true, Id: not "anonymous" } && (IsMe(standing.Incident.AcknowledgedBy?.Id)
        || standing.Incident.Parts.ContainsValue(_actor.Name) || IsMe(standing.Incident.Pages.LastOrDefault()?.Person));

    private bool IsMe(string? id) => id is not null && (id == _actor?.Id || id == _me?.Id);

    private async Task TestAsync()
    {
        if (_busy) return;
        (_busy, _said, _answers) = (true, null, []);
        try
        {
            var actor = await Who.ResolveAsync((await Authentication).User, Gone);
            if (actor is null || !actor.May(Role.Responder)) _said = "Sign in as a responder to send a test.";
            else if (_schedule.Find(_person) is not { } person) _said = "Choose somebody.";
            else if ((_answers = await Notifications.TestAsync(person, actor, Gone)).Count == 0) _said = $"No way to reach {person.Name} is configured.";
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _busy = false;
        }
    }
}
