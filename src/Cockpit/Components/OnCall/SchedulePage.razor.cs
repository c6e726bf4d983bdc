using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Api;
using Cockpit.Catalog;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.OnCall;
using Cockpit.Security;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.OnCall;

/// <summary>The rotation as a calendar, in the zone its reader chooses, and who is woken at any moment.</summary>
public sealed partial class SchedulePage
{
    private OnCallSchedule _schedule = null!;
    private Dictionary<string, string> _titles = [];
    private ImmutableArray<ImmutableArray<CalendarDay>> _weeks = [];
    private ImmutableArray<Shift> _gaps = [];
    private ImmutableArray<string> _woken = [];
    private string[] _zones = [];
    private string[] _weekdays = [];
    private string _zone = "UTC";
    private string _lead = "";
    private DateTimeOffset _now;
    private DateOnly _start;
    private DateTime _at;
    private DateTime _from;
    private DateTime _until;
    private string? _card;
    private string _layer = "";
    private string? _person;
    private string? _reason;
    private string? _said;

    [Inject] private OnCallBook Book { get; set; } = null!;

    [Inject] private OnCallDesk Desk { get; set; } = null!;

    [Inject] private OnCallFeed Feed { get; set; } = null!;

    [Inject] private PlatformCatalog Catalog { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_zone);

    protected override async Task OnInitializedAsync()
    {
        (_schedule, _now) = (Book.Schedule, Clock.GetUtcNow());
        var actor = await Who.ResolveAsync((await Authentication).User, CancellationToken.None);
        _zones = ["UTC", .. _schedule.Plan.People.Select(person => person.Zone).OfType<string>().Append(_schedule.Plan.Rotation.Zone.Id).Distinct().Where(zone => zone != "UTC").Order()];
        _zone = (actor is null ? null : _schedule.Whose(actor.Id, actor.Name)?.Zone) ?? "UTC";
        _layer = _schedule.Plan.Layers.FirstOrDefault()?.Id ?? "";
        var local = TimeZoneInfo.ConvertTime(_now, Zone).DateTime;
        (_at, _from, _until) = (local, local, local.AddHours(12));
        Today();
    }

    private void Move(int days)
    {
        _start = _start.AddDays(days);
        Draw();
    }

    private void Today()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_now, Zone).DateTime);
        _start = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        Draw();
    }

    private void Draw()
    {
        (_schedule, _now) = (Book.Schedule, Clock.GetUtcNow());
        _titles = _schedule.Plan.Layers.ToDictionary(layer => layer.Id, layer => layer.Title);
        _lead = OnCallText.Lead(_schedule, _now);
        _weeks = CalendarDay.Weeks(_schedule, Zone, _start, 5, _now);
        _weekdays = [.. _weeks[0].Select(day => day.Date.DayOfWeek.ToString()[..3])];
        _gaps = [.. _schedule.Gaps(_now, _now.AddDays(60))];
        var at = Instant(_at);
        _woken = Catalog.Escalation is { } plan
            ? [.. EscalationPolicy.For(plan, string.IsNullOrEmpty(_card) ? null : Catalog.Card(_card)?.EscalationScenario, Severity.P1).Steps.Select(step =>
                $"after {FigureText.Duration(step.After)}, {_schedule.TitleOf(step.Role)}: {_schedule.Behind(step.Role, at + step.After)?.Name ?? $"nobody, {_schedule.EmptyBecause(step.Role, at + step.After)}"}")]
            : [];
    }

    private Task OverrideAsync() => SayAsync(async actor =>
        await Desk.OverrideAsync(_layer, string.IsNullOrEmpty(_person) ? null : _person, Instant(_from), Instant(_until), _reason, actor, CancellationToken.None));

    private Task SwapAsync() => SayAsync(async actor => await Desk.SwapAsync(_layer, Instant(_from), Instant(_until), _reason, actor, CancellationToken.None));

    private Task CallOffAsync(string id) => SayAsync(async actor => await Desk.CallOffAsync(id, "called off on the schedule", actor, CancellationToken.None));

    private async Task SayAsync(Func<Domain.Executions.Actor?, Task<string?>> act)
    {
        _said = await act(await Who.ResolveAsync((await Authentication).User, CancellationToken.None));
        Draw();
    }

    private string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A wall-clock time of the chosen zone; one that a spring night skips is taken an hour later.</summary>
    private DateTimeOffset Instant(DateTime wall)
    {
        var time = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(time)) time += TimeSpan.FromHours(1);
        return new DateTimeOffset(time, Zone.GetUtcOffset(time));
    }
}
