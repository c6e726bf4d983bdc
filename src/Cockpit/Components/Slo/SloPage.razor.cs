using System.Collections.Immutable;
using Cockpit.Components.Primitives.Charts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.Maintenance;
using Cockpit.Live;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Objectives;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Slo;

/// <summary>One objective: how it stands, how it came to, and how that is computed.</summary>
public sealed partial class SloPage
{
    private const int IncidentsShown = 10;
    private static readonly TimeSpan ChartsAtMostEvery = TimeSpan.FromSeconds(15);

    private ObjectiveState? _state;
    private ObjectiveHistory? _history;
    private Chart? _budget;
    private ImmutableArray<OpenAlert> _alerts = [];
    private ImmutableArray<Incident> _incidents = [];
    private (HealthStatus Status, string Word) _standing;
    private DateTimeOffset? _readAt;
    private DateTimeOffset? _simulatedUntil;
    private DateTimeOffset? _chartedAt;

    [Inject] private IObjectiveHistory Histories { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Key { get; set; } = "";

    private bool IsWaiting => Snapshot.Objectives.Objectives.IsEmpty && Snapshot.Objectives.SampledAt is null;

    private ImmutableArray<Exclusion> Exclusions => _history?.Exclusions ?? _state?.Assessment.Exclusions ?? [];

    protected override void OnParametersSet()
    {
        if (_state?.Key != Key) (_history, _budget, _chartedAt) = (null, null, null);
        OnSnapshot();
        if (_state is null && !IsWaiting) Navigation.NotFound();
    }

    protected override bool IsWorthDrawing(CockpitSnapshot next) => !ReferenceEquals(next.Objectives, Snapshot.Objectives);

    private IEnumerable<IncidentSpan> Spans(ObjectivesState all) => _incidents.Select(incident => new IncidentSpan(
        incident.Id, SloRow.MeasuredTime(incident.StartedAt, all), incident.ResolvedAt is { } over ? SloRow.MeasuredTime(over, all) : all.At));

    protected override void OnSnapshot()
    {
        var all = Snapshot.Objectives;
        _state = all.Find(Key);
        if (_state is not { } state) return;
        _standing = ObjectiveStanding.Of(state);
        _readAt = SloRow.WallTime(state.ReadAt, all);
        _alerts = SloAlerts.Of(state, all);
        _incidents = SloAlerts.IncidentsOf(state, all, Snapshot.Incidents);
        if (_chartedAt is { } charted && all.SampledAt - charted < ChartsAtMostEvery) return;
        _history = Histories.BurnDown(Key);
        _chartedAt = all.SampledAt;
        _simulatedUntil = _history?.SimulatedUntil;
        _budget = _history is null ? null : SloCharts.BurnDown(_history, state, _alerts, SloAlerts.OutagesOf(state, all), Spans(all));
    }
}
