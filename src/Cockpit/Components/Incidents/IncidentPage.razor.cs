using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.Live;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Incidents;

/// <summary>One incident: what is wrong, what happened, who is asked, what to do.</summary>
public sealed partial class IncidentPage
{
    private const int AlertsShown = 20;

    private IncidentStanding? _standing;
    private CardState? _card;
    private ImmutableArray<TimelineEntry> _timeline = [];
    private ImmutableArray<IncidentAlert> _alerts = [];
    private ImmutableArray<(string Text, string Who, bool IsAsked, ImmutableArray<string> Duties)> _ladder = [];
    private DateTimeOffset _now;
    private int _shown = 60;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private IncidentBoard Board { get; set; } = null!;

    [Inject] private IncidentSurroundings Surroundings { get; set; } = null!;

    [Inject] private OnCallBook OnCall { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    protected override void OnParametersSet() => OnSnapshot();

    protected override bool IsWorthDrawing(CockpitSnapshot next) => Board.Find(Id)?.Incident != _standing?.Incident || next.Number % 10 == 0;

    protected override void OnSnapshot()
    {
        (_standing, _now) = (Board.Find(Id), Clock.GetUtcNow());
        if (_standing?.Incident is not { } incident) return;
        _card = (incident.Card ?? incident.Opening.Runbook) is { } card ? Snapshot.Health?.Card(card) : null;
        _timeline = [.. IncidentText.Whole(incident, Snapshot.Executions, Snapshot.Health?.Changes ?? [])];
        _alerts = [.. incident.Alerts.Values.OrderByDescending(alert => alert.Firing).ThenBy(alert => alert.SeenAt).Take(AlertsShown)];
        var schedule = OnCall.Schedule;
        _ladder = Surroundings.PolicyFor(incident) is { } policy
            ? [.. policy.Steps.Select(step => ($"after {FigureText.Duration(step.After)}, {schedule.TitleOf(step.Role)}",
                schedule.Behind(step.Role, _now)?.Name ?? $"nobody: {schedule.EmptyBecause(step.Role, _now)}",
                incident.Pages.Any(page => page.Level == step.Level), step.Duties))]
            : [];
    }
}
