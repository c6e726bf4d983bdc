using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;
using Cockpit.Security;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.OnCall;

/// <summary>The meeting at a handoff: its summary, who said that it was held, and how those before went.</summary>
public sealed partial class HandoffPage
{
    private readonly Dictionary<HandoffSide, string?> _instead = new() { [HandoffSide.Leaving] = null, [HandoffSide.Coming] = null };
    private HandoffMeeting _meeting = null!;
    private ImmutableArray<HandoffMeeting> _past = [];
    private DateTimeOffset _now;
    private OnCallPerson? _me;
    private Actor? _actor;
    private string _text = "";
    private string? _said;
    private bool _busy;

    /// <summary>The handoff in seconds since 1970; without it the one that is owed, else the next.</summary>
    [SupplyParameterFromQuery(Name = "at")] public long? At { get; set; }

    [Inject] private IncidentBook Incidents { get; set; } = null!;

    [Inject] private OnCallBook Book { get; set; } = null!;

    [Inject] private OnCallDesk Desk { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        Look(Chosen());
        if (_meeting.Record.Summary is { } written) _text = written.Markdown;
        else Draft();
        _actor = await Who.ResolveAsync((await Authentication).User, CancellationToken.None);
        _me = _actor is null ? null : Book.Schedule.Whose(_actor.Id, _actor.Name);
    }

    private DateTimeOffset Chosen()
    {
        var now = Clock.GetUtcNow();
        // Whatever the address says, only an instant of the rotation is a handoff.
        if (At is { } seconds && Math.Abs(seconds - now.ToUnixTimeSeconds()) < TimeSpan.FromDays(366).TotalSeconds)
            return Book.Schedule.LastHandoff(DateTimeOffset.FromUnixTimeSeconds(seconds));
        var last = Book.LastMeeting(now);
        return last.StateAt(now) is HandoffState.Due or HandoffState.Overdue ? last.At : Book.Schedule.NextHandoff(now);
    }

    private void Look(DateTimeOffset handoff)
    {
        _now = Clock.GetUtcNow();
        _meeting = Book.MeetingAt(handoff);
        _past = Book.PastMeetings(_now);
    }

    private void Draft() => _text = HandoffSummary.Draft(
        Incidents.Recent, Book.Schedule.LastHandoff(_meeting.At.AddTicks(-1)), _meeting.At, _meeting.Leaving?.Name, _meeting.Coming?.Name);

    private Task SaveAsync() => OnceAsync("The summary is saved.", actor => Desk.HandOverAsync(_meeting.At, _text, actor, CancellationToken.None));

    private Task AttendAsync(HandoffSide side) =>
        OnceAsync("Noted.", actor => Desk.AttendAsync(_meeting.At, side, _instead[side], actor, CancellationToken.None));

    private async Task OnceAsync(string done, Func<Actor?, Task<string?>> act)
    {
        if (_busy) return;
        (_busy, _said) = (true, null);
        try
        {
            _said = await act(await Who.ResolveAsync((await Authentication).User, CancellationToken.None)) ?? done;
            Look(_meeting.At);
        }
        finally
        {
            _busy = false;
        }
    }
}
