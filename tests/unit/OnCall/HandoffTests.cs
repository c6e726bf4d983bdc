using Cockpit.Components.OnCall;
using Cockpit.Domain.Executions;
using Cockpit.Domain.OnCall;
using Cockpit.Storage;
using Cockpit.Tests.Incidents;
using Cockpit.UseCases.OnCall;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.OnCall;

/// <summary>The meeting on Monday, 23 November 2026, 09:00 UTC: Jonas hands over to Mei.</summary>
public sealed class HandoffTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Handoff = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mei = new("u-7", "mei", [Role.Viewer, Role.Responder], IsPerson: true);

    private readonly FakeChannel _mail = new(ContactChannel.Email);
    private Night _night = null!;

    public async Task InitializeAsync()
    {
        _night = await Night.BeginAsync(null, _mail);
        await _night.TellAsync(Night.Alert());
        await _night.CatchUpAsync();
    }

    public async Task DisposeAsync() => await _night.DisposeAsync();

    [Fact]
    public async Task Meeting_is_held_when_the_summary_is_written_and_both_have_said_so()
    {
        Assert.Equal(HandoffState.Ahead, StateNow());
        _night.Clock.Jump(Handoff.AddMinutes(5) - _night.Clock.GetUtcNow());
        Assert.Equal((HandoffState.Due, "Still missing: the summary; the word of Jonas Lindqvist, who leaves; the word of Mei Tanaka, who comes."),
            (StateNow(), HandoffText.Missing(Meeting)));

        Assert.Equal("Write the summary first: the meeting goes over it.", await AttendAsync(HandoffSide.Leaving, null, Night.Jonas));
        Assert.Null(await _night.Rota.HandOverAsync(Handoff, "A quiet week.", Night.Jonas, CancellationToken.None));
        Assert.Null(await AttendAsync(HandoffSide.Leaving, null, Night.Jonas));
        Assert.Equal(HandoffState.Due, StateNow());
        Assert.Null(await AttendAsync(HandoffSide.Coming, null, Mei));

        Assert.Equal(HandoffState.Held, StateNow());
        _night = await _night.RestartAsync();
        Assert.Equal(HandoffState.Held, StateNow());
        Assert.Null(HandoffText.Owed(Meeting, _night.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Somebody_else_speaks_for_a_person_only_with_a_reason_that_stays_visible()
    {
        _night.Clock.Jump(Handoff - _night.Clock.GetUtcNow());
        await _night.Rota.HandOverAsync(Handoff, "A quiet week.", Night.Jonas, CancellationToken.None);

        Assert.Equal("You are not Mei Tanaka: say why you speak for them.", await AttendAsync(HandoffSide.Coming, " ", Night.Amara));
        Assert.Equal("Sign in as a responder to do this.", await AttendAsync(HandoffSide.Coming, "x", Night.Guest));
        Assert.Null(await AttendAsync(HandoffSide.Coming, "she is ill", Night.Amara));

        Assert.Equal("Amara Okafor for Mei Tanaka (she is ill), Mon 23 Nov 09:00 UTC", HandoffText.Said(Meeting, Meeting.Said(HandoffSide.Coming)!));
    }

    [Fact]
    public async Task Meeting_that_was_not_held_is_told_to_the_manager_once_whatever_restarts()
    {
        for (var restart = 0; restart < 3; restart++)
        {
            _night.Clock.Jump(Handoff.AddMinutes(30 + restart) - _night.Clock.GetUtcNow());
            using (var keeper = Keeper()) await keeper.LookAsync(CancellationToken.None);
            _night = await _night.RestartAsync();
        }

        Assert.Equal(HandoffState.Overdue, StateNow());
        Assert.Equal(["handoff-202611230900"], _mail.Keys);
        Assert.StartsWith("The handoff of Mon 23 Nov 09:00 UTC was not held: Jonas Lindqvist to Mei Tanaka. Still missing: the summary;",
            HandoffText.Owed(Meeting, _night.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Manager_is_not_told_before_its_time_is_over_nor_when_it_was_held()
    {
        using var keeper = Keeper();
        _night.Clock.Jump(Handoff.AddMinutes(29) - _night.Clock.GetUtcNow());
        await keeper.LookAsync(CancellationToken.None);
        await _night.Rota.HandOverAsync(Handoff, "A quiet week.", Night.Jonas, CancellationToken.None);
        await AttendAsync(HandoffSide.Leaving, null, Night.Jonas);
        await AttendAsync(HandoffSide.Coming, null, Mei);
        _night.Clock.Jump(TimeSpan.FromHours(2));
        await keeper.LookAsync(CancellationToken.None);

        Assert.Empty(_mail.Keys);
    }

    [Fact]
    public async Task Storage_that_is_away_does_not_tell_the_manager_every_second()
    {
        using var keeper = Keeper();
        _night.Clock.Jump(Handoff.AddHours(1) - _night.Clock.GetUtcNow());
        _mail.Answer = (_, _) =>
        {
            _night.Store.IsDown = true;
            return Task.FromResult<UseCases.Notifying.DeliveryAnswer>(new UseCases.Notifying.DeliveryAnswer.Taken("250"));
        };
        await Assert.ThrowsAsync<UseCases.Recording.StorageUnavailableException>(() => keeper.LookAsync(CancellationToken.None));

        _night.Store.IsDown = false;
        await keeper.LookAsync(CancellationToken.None);
        await keeper.LookAsync(CancellationToken.None);

        Assert.Single(_mail.Keys);
        Assert.NotNull(Meeting.Record.ToldAt);
    }

    [Fact]
    public async Task Handoff_to_oneself_and_one_before_the_cockpit_s_time_need_no_meeting()
    {
        await _night.Rota.OverrideAsync("primary", "jonas", Handoff, Handoff.AddDays(7), "Mei is ill", Night.Jonas, CancellationToken.None);

        Assert.Equal(HandoffState.NotNeeded, Meeting.StateAt(Handoff.AddHours(1)));
        Assert.Equal(HandoffState.NotNeeded, _night.OnCall.LastMeeting(_night.Clock.GetUtcNow()).StateAt(_night.Clock.GetUtcNow()));
        Assert.Empty(_night.OnCall.PastMeetings(Handoff.AddDays(1)));
    }

    private HandoffMeeting Meeting => _night.OnCall.MeetingAt(Handoff);

    private HandoffState StateNow() => Meeting.StateAt(_night.Clock.GetUtcNow());

    private Task<string?> AttendAsync(HandoffSide side, string? instead, Actor actor) =>
        _night.Rota.AttendAsync(Handoff, side, instead, actor, CancellationToken.None);

    private HandoffKeeper Keeper() => new(
        new SoleLeadership(), _night.OnCall, Night.Catalog, Night.Messenger([_mail], _night.Clock), _night.Store, _night.Reader, _night.Clock,
        NullLogger<HandoffKeeper>.Instance);
}
