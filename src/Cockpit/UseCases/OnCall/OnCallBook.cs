using System.Collections.Immutable;
using Cockpit.Catalog;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.OnCall;

/// <summary>Who is on call: the catalog's rotation and the overrides that people recorded, folded from the ledger.</summary>
public sealed class OnCallBook : ILedgerView
{
    public const string Kind = "on-call";
    public const string OverriddenName = "on-call.overridden";
    public const string CalledOffName = "on-call.override-called-off";
    public const string HandedOverName = "on-call.handed-over";
    public const string AttendedName = "on-call.handoff-attended";
    public const string MissedName = "on-call.handoff-missed";

    private const int MeetingsShown = 8;

    private static readonly OnCallPlan Empty = new(
        new RotationRule(TimeSpan.FromDays(7), DayOfWeek.Monday, new TimeOnly(9, 0), TimeZoneInfo.Utc, new DateOnly(2026, 1, 5), TimeSpan.FromMinutes(30), ""),
        new BusinessHours([], default, default, TimeZoneInfo.Utc, null), [], [], []);

    private OnCallSchedule _schedule;
    private ImmutableSortedDictionary<DateTimeOffset, HandoffRecord> _handoffs = ImmutableSortedDictionary<DateTimeOffset, HandoffRecord>.Empty;
    private long _since;

    public OnCallBook(PlatformCatalog catalog) => _schedule = new OnCallSchedule(catalog.OnCall ?? Empty, []);

    /// <summary>The schedule as it stands.</summary>
    public OnCallSchedule Schedule => Volatile.Read(ref _schedule);

    /// <summary>The meeting of a handoff.</summary>
    public HandoffMeeting MeetingAt(DateTimeOffset handoff) => HandoffMeeting.Of(
        Schedule, handoff, RecordOf(handoff), Interlocked.Read(ref _since) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);

    /// <summary>The meeting of the latest handoff: the one that may be owed.</summary>
    public HandoffMeeting LastMeeting(DateTimeOffset now) => MeetingAt(Schedule.LastHandoff(now));

    /// <summary>Meetings that were needed, the latest first.</summary>
    public ImmutableArray<HandoffMeeting> PastMeetings(DateTimeOffset now)
    {
        var meetings = ImmutableArray.CreateBuilder<HandoffMeeting>();
        var handoff = Schedule.LastHandoff(now);
        for (var count = 0; count < MeetingsShown; count++, handoff = Schedule.LastHandoff(handoff.AddTicks(-1)))
            if (MeetingAt(handoff) is var meeting && meeting.StateAt(now) != HandoffState.NotNeeded) meetings.Add(meeting);
        return meetings.ToImmutable();
    }

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        Interlocked.CompareExchange(ref _since, entry.RecordedAt.UtcTicks, 0);
        if (entry.Stream.Kind != Kind) return;
        switch (entry.Type)
        {
            case OverriddenName:
                var fact = Ledger.Read<Overridden>(entry);
                Volatile.Write(ref _schedule, Schedule with
                {
                    Overrides = [.. Schedule.Overrides, .. fact.Shifts.Select(shift => new OnCallOverride(
                        entry.Stream.Id, shift.Layer, shift.Person, shift.From, shift.Until, fact.Reason, entry.Actor.Name))],
                });
                break;
            case CalledOffName:
                Volatile.Write(ref _schedule, Schedule with { Overrides = Schedule.Overrides.RemoveAll(each => each.Id == entry.Stream.Id) });
                break;
            case HandedOverName:
                var handed = Ledger.Read<HandedOver>(entry);
                Keep(handed.Handoff, RecordOf(handed.Handoff) with { Summary = new Handover(handed.Handoff, handed.Markdown, entry.Actor.Name, entry.RecordedAt) });
                break;
            case AttendedName:
                var said = Ledger.Read<Attended>(entry);
                Keep(said.Handoff, RecordOf(said.Handoff).With(new HandoffPresence(said.Side, entry.Actor.Name, said.Instead, entry.RecordedAt)));
                break;
            case MissedName:
                var missed = Ledger.Read<Missed>(entry);
                Keep(missed.Handoff, RecordOf(missed.Handoff) with { ToldAt = entry.RecordedAt });
                break;
        }
    }

    private HandoffRecord RecordOf(DateTimeOffset handoff) => Volatile.Read(ref _handoffs).GetValueOrDefault(handoff, HandoffRecord.Nothing);

    private void Keep(DateTimeOffset handoff, HandoffRecord record) => Volatile.Write(ref _handoffs, _handoffs.SetItem(handoff, record));

    internal sealed record Overridden(ImmutableArray<OverriddenShift> Shifts, string Reason);

    internal sealed record OverriddenShift(string Layer, string? Person, DateTimeOffset From, DateTimeOffset Until);

    internal sealed record CalledOff(string Reason);

    internal sealed record HandedOver(DateTimeOffset Handoff, string Markdown);

    internal sealed record Attended(DateTimeOffset Handoff, HandoffSide Side, string? Instead);

    internal sealed record Missed(DateTimeOffset Handoff, string? Person, ImmutableArray<ContactChannel> Reached);
}
