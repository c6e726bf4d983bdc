using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Incidents;

public sealed partial record Incident
{
    private const string FirstPage = "r1l1";

    /// <summary>An alert that claims to be older began by a clock that disagrees.</summary>
    private static readonly TimeSpan LongestPast = TimeSpan.FromDays(1);

    /// <summary>The incident after one more event.</summary>
    /// <param name="before">The incident so far; null before its first event.</param>
    /// <param name="id">Its id.</param>
    /// <param name="event">What happened.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">When.</param>
    /// <exception cref="InvalidOperationException">The stream does not begin with an opening.</exception>
    public static Incident Apply(Incident? before, string id, IncidentEvent @event, Actor by, DateTimeOffset at)
    {
        if (@event is IncidentEvent.Opened opened)
        {
            var text = by.IsPerson ? $"Declared as {opened.Severity}: {opened.Title}" : $"Opened as {opened.Severity}: {opened.Because}";
            return new Incident(id, opened, at) { Timeline = [new(at, TimelineKind.State, text, by.Name)], Version = 1 };
        }

        if (before is null) throw new InvalidOperationException($"An incident begins with its opening, not with {@event.GetType().Name}.");
        var next = @event switch
        {
            IncidentEvent.AlertsSeen seen => before.WithAlerts(seen.Alerts, at) with { Truncated = seen.Truncated },
            IncidentEvent.ChangesSeen seen => seen.Changes.Aggregate(
                before with { ChangedMeanwhile = before.ChangedMeanwhile.AddRange(seen.Changes) },
                (incident, change) => incident.Tell(change.At, TimelineKind.Change, $"{change.Subject} {change.What}")),
            IncidentEvent.SeverityChanged changed => (before with
            {
                Severity = changed.Severity,
                SeverityBecause = changed.Because,
                AcknowledgeWithin = changed.AcknowledgeWithin,
                RespondWithin = changed.RespondWithin,
            }).Tell(at, TimelineKind.State, $"{before.Severity} became {changed.Severity}: {changed.Because}", by.Name),
            IncidentEvent.Acknowledged acknowledged => (before with
            {
                State = IncidentState.Acknowledged,
                AcknowledgedBy = (by.Id, by.Name),
                FirstAcknowledgedAt = before.FirstAcknowledgedAt ?? at,
                LastAcknowledgedAt = at,
                Parts = before.Parts.ContainsKey(IncidentRole.Responder) ? before.Parts : before.Parts.Add(IncidentRole.Responder, by.Name),
            }).Progressed(at).Tell(at, TimelineKind.State, $"Acknowledged {acknowledged.Way}", by.Name),
            IncidentEvent.AcknowledgementLapsed lapsed => (before with { State = IncidentState.Triggered, AcknowledgedBy = null, Fired = before.Fired.Add(lapsed.Timer) })
                .Tell(at, TimelineKind.State, $"The acknowledgement of {lapsed.Who} lapsed after {FigureText.Duration(lapsed.SilentFor)} without a sign"),
            IncidentEvent.Mitigated mitigated => (before with { State = IncidentState.Mitigated, MitigatedAt = at })
                .Progressed(at).Tell(at, TimelineKind.State, Noted("Mitigated: users no longer feel it", mitigated.Note), by.Name),
            IncidentEvent.Resolved resolved => (before with { State = IncidentState.Resolved, ResolvedAt = at, BudgetsAfter = resolved.Budgets })
                .Tell(at, TimelineKind.State, resolved.Note is null && !by.IsPerson ? "Resolved: all alerts have ended" : Noted("Resolved", resolved.Note), by.Name),
            IncidentEvent.Reopened reopened => (before with
            {
                State = IncidentState.Triggered,
                AcknowledgedBy = null,
                ResolvedAt = null,
                MitigatedAt = null,
                SilentSince = at,
                Fired = before.Fired.Clear(),
                Skipped = before.Skipped.Clear(),
                Level = 0,
            }).Tell(at, TimelineKind.State, $"Opened again: {reopened.Because}", by.IsPerson ? by.Name : null),
            IncidentEvent.ReviewWritten review => (before with { Review = review.Markdown, State = review.Final ? IncidentState.Reviewed : before.State })
                .Tell(at, TimelineKind.Note, review.Final ? "Reviewed" : "Wrote on the review", by.Name),
            IncidentEvent.PartTaken part => (before with { Parts = before.Parts.SetItem(part.Part, part.Name) })
                .Progressed(at).Tell(at, TimelineKind.State, $"{part.Name} takes {PartText(part.Part)}", by.Name),
            IncidentEvent.NoteAdded note => before.Progressed(at).Tell(at, TimelineKind.Note, note.Text, by.Name),
            IncidentEvent.StepDone step => before.Progressed(at).Tell(at, TimelineKind.Action, $"Did by hand: {step.Step}", by.Name),
            IncidentEvent.DeclaredMajor major => (before with { IsMajor = true })
                .Progressed(at).Tell(at, TimelineKind.State, $"Declared major: {major.Because}", by.Name),
            IncidentEvent.Paged paged => before.WithPage(paged, at),
            IncidentEvent.StepSkipped skipped => (before with
            {
                Fired = before.Fired.Add(skipped.Timer),
                Skipped = before.Skipped.Add(skipped.Timer),
                Level = Math.Max(before.Level, skipped.Level),
            }).Tell(at, TimelineKind.Page, $"Level {skipped.Level}, {skipped.Role}, was passed over: {skipped.Because}"),
            IncidentEvent.Exhausted exhausted => (before with { Fired = before.Fired.Add(exhausted.Timer) }).Tell(at, TimelineKind.Page, exhausted.Text),
            IncidentEvent.Notified notified => before.WithDelivery(notified, at),
            IncidentEvent.MergedInto merged => (before with { State = IncidentState.Merged, MergedInto = merged.Incident, ResolvedAt = at })
                .Tell(at, TimelineKind.Link, $"Goes on as incident {merged.Incident}", by.Name),
            IncidentEvent.TookOver took => (before.WithAlerts(took.Alerts, at) with { Links = before.Links.Add(took.Incident) })
                .Tell(at, TimelineKind.Link, $"Took over incident {took.Incident}", by.Name),
            IncidentEvent.SplitOff split => before.Without(split.Fingerprints, split.Incident, at, by.Name),
            IncidentEvent.Linked linked => (before with { Links = before.Links.Add(linked.Incident) })
                .Tell(at, TimelineKind.Link, $"Has to do with incident {linked.Incident}: {linked.Why}", by.Name),
            _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow."),
        };
        return next with { Version = before.Version + 1 };
    }

    /// <summary>The incident after somebody ran an action of its card: that is progress.</summary>
    public Incident WithAction(IncidentAction action) => Actions.Any(each => each.Execution == action.Execution)
        ? this
        : (this with { Actions = Actions.Add(action) }).Progressed(action.At).Tell(action.At, TimelineKind.Action, action.Title, action.By);

    /// <summary>A part, as one says that somebody takes it.</summary>
    public static string PartText(IncidentRole part) => part switch
    {
        IncidentRole.Commander => "command",
        IncidentRole.Responder => "the response",
        _ => "communications",
    };

    private Incident Tell(DateTimeOffset at, TimelineKind kind, string text, string? by = null) =>
        this with { Timeline = Timeline.Add(new TimelineEntry(at, kind, text, by)) };

    /// <summary>Whatever counts as progress starts the clock of silence anew; the first page is not repeated for it.</summary>
    private Incident Progressed(DateTimeOffset at) => this with
    {
        SilentSince = at,
        Fired = Fired.Clear().Add(FirstPage),
        Skipped = Skipped.Clear(),
    };

    private Incident WithPage(IncidentEvent.Paged paged, DateTimeOffset at) => (this with
    {
        Pages = Pages.Add(new Page(Pages.Length + 1, at, paged.Level, paged.Role, paged.Person, paged.PersonName, paged.Why, paged.Duties.IsDefault ? [] : paged.Duties)),
        Fired = paged.Timer is { } timer ? Fired.Add(timer) : Fired,
        Level = Math.Max(Level, paged.Level),
    }).Tell(at, TimelineKind.Page, $"Paged {paged.PersonName} (level {paged.Level}, {paged.Role}): {paged.Why}");

    private Incident WithDelivery(IncidentEvent.Notified told, DateTimeOffset at)
    {
        var name = Pages.FirstOrDefault(page => page.Number == told.Page)?.PersonName ?? told.Person;
        var way = told.Channel.ToString().ToLowerInvariant();
        var text = told.Outcome switch
        {
            DeliveryOutcome.Sent => $"{way} to {name}: sent",
            DeliveryOutcome.Failed => $"{way} to {name}: failed, trying again ({told.Detail})",
            DeliveryOutcome.GaveUp => $"{way} to {name}: gave up after {told.Attempt} attempts ({told.Detail})",
            _ => $"{way} to {name}: {told.Detail}",
        };
        return (this with { Deliveries = Deliveries.SetItem(told.Key, new Delivery(told.Key, told.Page, told.Channel, told.Outcome, told.Attempt, at, told.After)) })
            .Tell(at, TimelineKind.Delivery, text);
    }

    private Incident WithAlerts(ImmutableArray<AlertSighting> sightings, DateTimeOffset at)
    {
        var alerts = Alerts.ToBuilder();
        var began = ImmutableArray.CreateBuilder<AlertSighting>();
        var ended = ImmutableArray.CreateBuilder<string>();
        var startedAt = StartedAt;
        foreach (var sighting in sightings)
        {
            var known = alerts.GetValueOrDefault(sighting.Fingerprint);
            if (sighting.Firing && known is not { Firing: true }) began.Add(sighting);
            else if (!sighting.Firing && known is { Firing: true }) ended.Add(known.Name);
            alerts[sighting.Fingerprint] = known is not null && !sighting.Firing
                ? known with { Firing = false, ChangedAt = at }
                : new IncidentAlert(
                    sighting.Fingerprint, sighting.Name, sighting.Summary, sighting.Severity, sighting.Labels, sighting.Firing, sighting.StartedAt,
                    known?.SeenAt ?? at, at);
            if (sighting.StartedAt is { } start && start < startedAt && at - start < LongestPast) startedAt = start;
        }

        var next = this with { Alerts = alerts.ToImmutable(), Firing = Firing + began.Count - ended.Count, StartedAt = startedAt };
        foreach (var text in AlertText.Joined(began.ToImmutable(), ended.ToImmutable())) next = next.Tell(at, TimelineKind.Alert, text);
        return next;
    }

    private Incident Without(ImmutableArray<string> fingerprints, string other, DateTimeOffset at, string by)
    {
        var gone = fingerprints.Count(fingerprint => Alerts.TryGetValue(fingerprint, out var alert) && alert.Firing);
        return (this with { Alerts = Alerts.RemoveRange(fingerprints), Firing = Firing - gone, Links = Links.Add(other) })
            .Tell(at, TimelineKind.Link, $"{fingerprints.Length} alerts went to incident {other}", by);
    }

    private static string Noted(string text, string? note) => string.IsNullOrWhiteSpace(note) ? text : $"{text}: {note}";
}
