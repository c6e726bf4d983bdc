using System.Collections.Immutable;
using Cockpit.Components.Primitives.Charts;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Slo;

/// <summary>Burn rates against the thresholds of their tiers, and the tiers that do not apply.</summary>
public sealed partial class SloBurns
{
    private BurnRateTier? _chosen;
    private ImmutableArray<BurnTrace> _drawn;
    private Chart? _chart;

    [Parameter, EditorRequired] public ObjectiveState State { get; set; } = null!;

    [Parameter, EditorRequired] public ImmutableArray<BurnTrace> Traces { get; set; } = [];

    protected override void OnParametersSet()
    {
        if (_chosen is null || Traces.All(trace => trace.Tier != _chosen))
            _chosen = (Traces.FirstOrDefault(trace => trace.Tier == State.Alert?.Tier) ?? Traces.FirstOrDefault())?.Tier;
        if (_drawn != Traces) Draw();
    }

    private void Choose(BurnRateTier tier)
    {
        _chosen = tier;
        Draw();
    }

    private void Draw()
    {
        _drawn = Traces;
        _chart = Traces.FirstOrDefault(trace => trace.Tier == _chosen) is { Points.Length: > 0 } trace ? SloCharts.Burn(trace) : null;
    }

    private static string Effect(BurnRateTier tier) => tier.Urgency == BurnUrgency.Page ? "wakes somebody" : "opens a ticket";

    private static HealthStatus Status(BurnAlert burn) => burn.UnknownBecause is not null ? HealthStatus.Unknown : burn.Progress.Phase switch
    {
        AlertPhase.Firing => burn.Severity == Severity.P1 ? HealthStatus.Bad : HealthStatus.Warn,
        AlertPhase.Pending => HealthStatus.Warn,
        _ => HealthStatus.Good,
    };

    private static string Word(BurnAlert burn) => burn.UnknownBecause is not null ? "Unknown" : burn.Progress.Phase switch
    {
        AlertPhase.Firing => burn.Progress.IsKeptFiring ? "Fires on" : "Fires",
        AlertPhase.Pending => "About to fire",
        AlertPhase.Resolved => "Over",
        _ => burn.HasEnoughEvents ? "Quiet" : "Too few events",
    };
}
