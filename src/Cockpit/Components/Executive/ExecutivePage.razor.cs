using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.UseCases.Alerting;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Executive;

/// <summary>The platform at a glance: colour, money, promises, and what to decide. With <c>?wall=1</c> for a screen across the room.</summary>
public sealed partial class ExecutivePage
{
    private const int AlertsShown = 5;

    private OverallStatus _status;
    private string _headline = "";
    private string _doing = "";
    private DateTimeOffset? _since;
    private ImmutableArray<PromiseLine> _promises = [];
    private ImmutableArray<string> _decisions = [];
    private ImmutableArray<OpenAlert> _alerts = [];

    [SupplyParameterFromQuery] private string? Wall { get; set; }

    protected override void OnParametersSet() => OnSnapshot();

    protected override bool IsWorthDrawing(CockpitSnapshot next) => ExecutiveChange.IsWorthDrawing(Snapshot, next);

    protected override void OnSnapshot()
    {
        _status = Snapshot.Health?.Overall.Status ?? OverallStatus.Unknown;
        _headline = ExecutiveText.Headline(Snapshot);
        _doing = ExecutiveText.Doing(Snapshot);
        _since = ExecutiveText.Since(Snapshot);
        _promises = PromiseLine.Of(Snapshot.Objectives);
        _decisions = Decisions.Of(Snapshot.Objectives);
        _alerts = ExecutiveText.Alerts(Snapshot.Objectives);
    }
}
