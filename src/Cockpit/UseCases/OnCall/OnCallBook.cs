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

    private static readonly OnCallPlan Empty = new(
        new RotationRule(TimeSpan.FromDays(7), DayOfWeek.Monday, new TimeOnly(9, 0), TimeZoneInfo.Utc, new DateOnly(2026, 1, 5), TimeSpan.FromMinutes(30), ""),
        new BusinessHours([], default, default, TimeZoneInfo.Utc, null), [], [], []);

    private OnCallSchedule _schedule;
    private ImmutableSortedDictionary<DateTimeOffset, Handover> _handovers = ImmutableSortedDictionary<DateTimeOffset, Handover>.Empty;

    public OnCallBook(PlatformCatalog catalog) => _schedule = new OnCallSchedule(catalog.OnCall ?? Empty, []);

    /// <summary>The schedule as it stands.</summary>
    public OnCallSchedule Schedule => Volatile.Read(ref _schedule);

    /// <summary>The summary that was handed over at a handoff; null when none was.</summary>
    public Handover? HandoverAt(DateTimeOffset handoff) => Volatile.Read(ref _handovers).GetValueOrDefault(handoff);

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
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
                Volatile.Write(ref _handovers, _handovers.SetItem(handed.Handoff, new Handover(handed.Handoff, handed.Markdown, entry.Actor.Name, entry.RecordedAt)));
                break;
        }
    }

    internal sealed record Overridden(ImmutableArray<OverriddenShift> Shifts, string Reason);

    internal sealed record OverriddenShift(string Layer, string? Person, DateTimeOffset From, DateTimeOffset Until);

    internal sealed record CalledOff(string Reason);

    internal sealed record HandedOver(DateTimeOffset Handoff, string Markdown);
}

/// <summary>What the leaving person wrote for the coming one.</summary>
/// <param name="Handoff">The handoff it belongs to.</param>
/// <param name="Markdown">The summary.</param>
/// <param name="By">Who wrote it last, by name.</param>
/// <param name="At">When.</param>
public sealed record Handover(DateTimeOffset Handoff, string Markdown, string By, DateTimeOffset At);
