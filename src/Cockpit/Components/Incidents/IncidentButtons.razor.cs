using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.Security;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Incidents;

/// <summary>What a person does with an incident.</summary>
public sealed partial class IncidentButtons
{
    private string? _text;
    private string? _other;
    private string? _alert;
    private string? _said;
    private bool _busy;

    [Parameter, EditorRequired] public Incident Incident { get; set; } = null!;

    [Inject] private IncidentDesk Desk { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private ImmutableArray<string> Named() => [.. Incident.Alerts.Values.Where(alert => alert.Name == _alert?.Trim()).Select(alert => alert.Fingerprint)];

    /// <summary>One press at a time; what was written is kept when it is refused.</summary>
    private async Task DoAsync(Func<Actor?, CancellationToken, Task<IncidentAnswer>> change)
    {
        if (_busy) return;
        (_busy, _said) = (true, null);
        try
        {
            var actor = await Who.ResolveAsync((await Authentication).User, CancellationToken.None);
            if (await change(actor, CancellationToken.None) is IncidentAnswer.Refused refused) _said = refused.Sentence;
            else _text = null;
        }
        catch (StorageUnavailableException unavailable)
        {
            _said = $"Not recorded: {unavailable.Message}";
        }
        finally
        {
            _busy = false;
        }
    }
}
