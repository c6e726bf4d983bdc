using System.Globalization;
using Cockpit.Catalog;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.OnCall;

/// <summary>
/// Tells the manager once when the time of a handoff meeting is over and it was not held. What is due follows from what is stored; that the
/// manager was told is stored after the message, so that a crash in between tells it again under the same key rather than never.
/// </summary>
public sealed class HandoffKeeper(
    ILeadership leadership, OnCallBook book, PlatformCatalog catalog, Messenger messenger, IEventStore store, LedgerReader ledger, TimeProvider clock,
    ILogger<HandoffKeeper> logger) : LeaderLoop(leadership, clock, logger)
{
    private (DateTimeOffset Handoff, OnCallBook.Missed Fact)? _told;

    protected override Task RoundAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        if (!IsOwed(book.LastMeeting(now), now)) return;
        await ledger.ReachedAsync((await store.ReadHeadAsync(cancellationToken)).Position, cancellationToken);
        var meeting = book.LastMeeting(now);
        if (!IsOwed(meeting, now)) return;

        // Told before but not recorded, because storage was away: it is not told every second.
        if (_told is not { } told || told.Handoff != meeting.At) _told = told = (meeting.At, await TellAsync(meeting, now, cancellationToken));
        if (await store.AppendAsync(new StreamId(OnCallBook.Kind, "handoff"), null, [Ledger.Write(OnCallBook.MissedName, told.Fact, Actor.System)],
            $"missed/{meeting.At.UtcTicks.ToString(CultureInfo.InvariantCulture)}", cancellationToken) is AppendResult.Appended appended)
            await ledger.ReachedAsync(appended.LastPosition, cancellationToken);
    }

    private static bool IsOwed(HandoffMeeting meeting, DateTimeOffset now) => meeting.Record.ToldAt is null && meeting.StateAt(now) == HandoffState.Overdue;

    private async Task<OnCallBook.Missed> TellAsync(HandoffMeeting meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (catalog.Escalation is not { } plan
            || book.Schedule.Behind(EscalationPolicy.For(plan, null, Severity.P1).LastResort, now, beyondHours: true) is not { } manager)
            return new OnCallBook.Missed(meeting.At, null, []);
        var missing = meeting.Record.Summary is null ? "The summary is not written"
            : $"The summary is written; {string.Join(" and ", meeting.Open.Select(side => meeting.Of(side)!.Name))} did not say that it was gone over";
        var notice = new Notice(
            $"handoff-{meeting.At.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}", Severity.P3, "The on-call handoff was not held",
            $"{meeting.Leaving?.Name ?? "Nobody"} hands over to {meeting.Coming?.Name ?? "nobody"}: {missing}.", "/on-call/handoff");
        var answers = await messenger.TellAsync(manager, notice, calls: false, cancellationToken);
        return new OnCallBook.Missed(meeting.At, manager.Id, [.. answers.Where(way => way.Answer is DeliveryAnswer.Taken).Select(way => way.Channel)]);
    }
}
