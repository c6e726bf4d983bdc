using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Maintenance;
using Cockpit.Security;
using Cockpit.UseCases.Maintaining;
using Cockpit.UseCases.Objectives;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Maintenance;

/// <summary>Planned maintenance: what there is, and declaring, ending or calling it off.</summary>
public sealed partial class MaintenancePage
{
    private ImmutableArray<(string Id, string Title)> _services = [];
    private ImmutableHashSet<string> _chosen = [];
    private string _title = "";
    private DateTime _start;
    private DateTime _end;
    private bool _evenSo;
    private bool _busy;
    private bool _mayDeclare;
    private string? _refusal;
    private string? _said;
    private string? _ending;
    private string? _reason;
    private MaintenanceForecast? _forecast;

    [Inject] private DeclareMaintenanceHandler Declaring { get; set; } = null!;

    [Inject] private MaintenanceBook Book { get; set; } = null!;

    [Inject] private ObjectivePlan Plan { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private DateTimeOffset Now => Declaring.Now;

    private IEnumerable<string> ServiceIds => _services.Select(service => service.Id);

    protected override async Task OnInitializedAsync()
    {
        _services = [.. Plan.Objectives.Select(facts => (facts.Slo.Service, facts.ServiceTitle)).Distinct().OrderBy(service => service.ServiceTitle, StringComparer.Ordinal)];
        var next = Now.UtcDateTime.Add(ExclusionPolicy.Standard.Notice).AddHours(2);
        _start = new DateTime(next.Year, next.Month, next.Day, next.Hour, 0, 0, DateTimeKind.Utc);
        _end = _start.AddHours(2);
        _mayDeclare = await ActorAsync() is { } actor && actor.May(Role.Responder);
        Changed();
    }

    private void Changed()
    {
        _refusal = null;
        _forecast = _end > _start ? Declaring.Forecast(Utc(_start), Utc(_end), [.. _chosen]) : null;
    }

    private void Pick(string service)
    {
        _chosen = _chosen.Contains(service) ? _chosen.Remove(service) : _chosen.Add(service);
        Changed();
    }

    private void Ask(string id) => (_ending, _reason, _said) = (id, null, null);

    private Task DeclareAsync() => OnceAsync(async actor =>
    {
        var request = new MaintenanceRequest(_title, Utc(_start), Utc(_end), [.. _chosen.Order(StringComparer.Ordinal)], _evenSo);
        switch (await Declaring.DeclareAsync(request, actor, CancellationToken.None))
        {
            case MaintenanceAnswer.Recorded:
                (_said, _refusal, _title, _evenSo) = ($"“{request.Title.Trim()}” is declared.", null, "", false);
                break;
            case MaintenanceAnswer.NotCovered notCovered:
                (_forecast, _refusal, _said) = (notCovered.Forecast, "Not declared: the budgets would not be spared all of it. Move it, shorten it, or tick the box below.", null);
                break;
            case MaintenanceAnswer.Refused refused:
                (_refusal, _said) = (refused.Sentence, null);
                break;
        }
    });

    private Task CallOffAsync(string id) => OnceAsync(async actor =>
    {
        _said = await Declaring.CallOffAsync(id, _reason ?? "", actor, CancellationToken.None) switch
        {
            MaintenanceAnswer.Refused refused => refused.Sentence,
            _ => "It is called off.",
        };
        _ending = null;
    });

    /// <summary>People press twice: the second press does nothing while the first is under way.</summary>
    private async Task OnceAsync(Func<Actor?, Task> act)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            await act(await ActorAsync());
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<Actor?> ActorAsync() => await Who.ResolveAsync((await Authentication).User, CancellationToken.None);

    private string Touched(MaintenanceWindow window) => window.Services.IsDefaultOrEmpty
        ? "the whole platform"
        : string.Join(", ", window.Services.Select(id => _services.FirstOrDefault(service => service.Id == id).Title ?? id));

    private string OffWord(MaintenanceWindow window) => window.Declared.StartAt <= Now ? "End it now" : "Call it off";

    private static DateTimeOffset Utc(DateTime wall) => new(DateTime.SpecifyKind(wall, DateTimeKind.Utc));
}
