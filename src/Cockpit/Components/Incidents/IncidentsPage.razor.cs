using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.Incidents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Incidents;

/// <summary>Every open incident, and those that are over.</summary>
public sealed partial class IncidentsPage
{
    private ImmutableArray<IncidentStanding> _open = [];
    private ImmutableArray<Incident> _over = [];
    private DateTimeOffset _now;
    private bool _declaring;
    private bool _busy;
    private string? _title;
    private string? _card;
    private string? _said;
    private Severity _severity = Severity.P2;

    [Inject] private IncidentDesk Desk { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        OnSnapshot();
    }

    protected override bool IsWorthDrawing(CockpitSnapshot next) => !next.Incidents.SequenceEqual(Snapshot.Incidents) || next.Number % 20 == 0;

    protected override void OnSnapshot()
    {
        _now = Clock.GetUtcNow();
        _open = [.. Snapshot.Incidents.Where(standing => standing.Incident.IsOpen)
            .OrderBy(standing => standing.Incident.State).ThenBy(standing => standing.Incident.Severity)];
        _over = [.. Snapshot.Incidents.Select(standing => standing.Incident).Where(incident => !incident.IsOpen)];
    }

    private async Task DeclareAsync()
    {
        if (_busy) return;
        (_busy, _said) = (true, null);
        try
        {
            var actor = await Who.ResolveAsync((await Authentication).User, Gone);
            ImmutableArray<string> services = Snapshot.Health?.Card(_card ?? "")?.Card.Services ?? [];
            switch (await Desk.DeclareAsync(_title, _severity, string.IsNullOrEmpty(_card) ? null : _card, services, actor, Gone))
            {
                case IncidentAnswer.Done done:
                    Navigation.NavigateTo($"/incidents/{done.Incident.Id}");
                    break;
                case IncidentAnswer.Refused refused:
                    _said = refused.Sentence;
                    break;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
