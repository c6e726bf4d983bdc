using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Incidents;

/// <summary>
/// What people do with incidents. Every change is decided on the incident as it stands and written after just that version; when somebody was
/// faster it is decided again, so that two who press at once are one acknowledgement and nobody's note is lost.
/// </summary>
public sealed class IncidentDesk(
    IncidentBook book, IncidentSurroundings surroundings, OnCallBook onCall, IEventStore store, LedgerReader ledger, TimeProvider clock)
{
    private const int Attempts = 8;
    private const int LongestText = 4_000;
    private const int LongestReview = 100_000;

    /// <summary>Says that somebody is on it. Done before by the same person it is done; by another, that one is named.</summary>
    public Task<IncidentAnswer> AcknowledgeAsync(string id, Actor? actor, string way, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => incident switch
        {
            { State: IncidentState.Triggered } => Then(new IncidentEvent.Acknowledged(way)),
            { AcknowledgedBy: { } other } when !IsSame(other, actor!) && incident.State == IncidentState.Acknowledged =>
                No($"{other.Name} was faster: the incident is theirs. Write a note if you help."),
            { IsOpen: true } => Nothing,
            _ => No("It is over; there is nothing left to acknowledge."),
        }, cancellationToken);

    /// <summary>Takes over from whoever has acknowledged.</summary>
    public Task<IncidentAnswer> TakeOverAsync(string id, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => !incident.IsOpen ? No("It is over.")
            : incident.AcknowledgedBy is { } holder && IsSame(holder, actor!) ? Nothing : Then(new IncidentEvent.Acknowledged("and took over")), cancellationToken);

    /// <summary>Pages the next level now.</summary>
    public Task<IncidentAnswer> EscalateAsync(string id, string? reason, Actor? actor, int expectedPages, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident =>
        {
            if (!incident.IsOpen) return No("It is over; nobody needs to be woken.");
            // The same press twice: the page it asked for is there.
            if (incident.Pages.Length > expectedPages) return Nothing;
            if (surroundings.PolicyFor(incident) is not { Steps.IsEmpty: false } policy) return No("The catalog has no escalation.");
            var because = string.IsNullOrWhiteSpace(reason) ? $"{actor!.Name} asks for help" : $"{actor!.Name} asks for help: {Cut(reason)}";
            return Then(Domain.Incidents.Escalation.ByHand(incident, policy, onCall.Schedule, because, clock.GetUtcNow()));
        }, cancellationToken);

    /// <summary>Writes something down.</summary>
    public Task<IncidentAnswer> NoteAsync(string id, string? text, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => string.IsNullOrWhiteSpace(text) ? No("Write something first.")
            : IsTwice(incident, TimelineKind.Note, Cut(text), actor!) ? Nothing : Then(new IncidentEvent.NoteAdded(Cut(text))), cancellationToken);

    /// <summary>Records a step that somebody did by hand.</summary>
    public Task<IncidentAnswer> StepAsync(string id, string? text, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => string.IsNullOrWhiteSpace(text) ? No("Say which step.")
            : IsTwice(incident, TimelineKind.Action, $"Did by hand: {Cut(text)}", actor!) ? Nothing : Then(new IncidentEvent.StepDone(Cut(text))), cancellationToken);

    /// <summary>Says that users no longer feel it.</summary>
    public Task<IncidentAnswer> MitigateAsync(string id, string? note, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => incident.State == IncidentState.Mitigated ? Nothing
            : incident.IsOpen ? Then(new IncidentEvent.Mitigated(Blank(note))) : No("It is over already."), cancellationToken);

    /// <summary>Says that it is over. Alerts that still fire are named and cost a reason.</summary>
    public Task<IncidentAnswer> ResolveAsync(string id, string? note, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => !incident.IsOpen ? Nothing
            : incident.Firing > 0 && Blank(note) is null
                ? No(string.Create(CultureInfo.InvariantCulture, $"{incident.Firing} of its alerts still fire. Say why it is over all the same."))
                : Then(new IncidentEvent.Resolved(Blank(note), surroundings.BudgetsFor(incident.Opening.Services))), cancellationToken);

    /// <summary>Says that it was not over.</summary>
    public Task<IncidentAnswer> ReopenAsync(string id, string? reason, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => incident.IsOpen ? Nothing
            : incident.State == IncidentState.Merged ? No($"It goes on as incident {incident.MergedInto}.")
            : Then(new IncidentEvent.Reopened(Blank(reason) ?? $"{actor!.Name} says it is not over")), cancellationToken);

    /// <summary>Takes a part.</summary>
    public Task<IncidentAnswer> TakePartAsync(string id, IncidentRole part, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => incident.Parts.GetValueOrDefault(part) == actor!.Name ? Nothing
            : Then(new IncidentEvent.PartTaken(part, actor.Id, actor.Name)), cancellationToken);

    /// <summary>Makes it more or less urgent.</summary>
    public Task<IncidentAnswer> SetSeverityAsync(string id, Severity severity, string? reason, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident =>
        {
            if (incident.Severity == severity) return Nothing;
            var urgency = surroundings.With(severity, Blank(reason) ?? $"{actor!.Name} says so", null);
            return Then(new IncidentEvent.SeverityChanged(severity, urgency.Because, urgency.AcknowledgeWithin, urgency.RespondWithin));
        }, cancellationToken);

    /// <summary>Declares it major: the last level is paged too.</summary>
    public Task<IncidentAnswer> DeclareMajorAsync(string id, string? reason, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => incident.IsMajor ? Nothing
            : !incident.IsOpen ? No("It is over.")
            : Blank(reason) is { } because ? Then(new IncidentEvent.DeclaredMajor(because)) : No("Say why it is major: the executive team is woken by this."),
            cancellationToken);

    /// <summary>Saves the review; final, the incident counts as reviewed.</summary>
    public Task<IncidentAnswer> ReviewAsync(string id, string markdown, bool final, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => markdown.Length > LongestReview ? No("The review is too long.")
            : final && incident.State is not (IncidentState.Resolved or IncidentState.Reviewed) ? No("It is not over yet: save it as a draft.")
            : incident.Review == markdown && (!final || incident.State == IncidentState.Reviewed) ? Nothing
            : Then(new IncidentEvent.ReviewWritten(markdown, final)), cancellationToken);

    /// <summary>Says that another incident has to do with it.</summary>
    public Task<IncidentAnswer> LinkAsync(string id, string other, string? why, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, incident => other == id || book.Find(other) is null ? No("There is no such other incident.")
            : incident.Links.Contains(other) ? Nothing : Then(new IncidentEvent.Linked(other, Blank(why) ?? "seen together")), cancellationToken);

    /// <summary>Opens an incident that no alert has told of.</summary>
    public async Task<IncidentAnswer> DeclareAsync(
        string? title, Severity severity, string? card, ImmutableArray<string> services, Actor? actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        if (Blank(title) is not { } text) return new IncidentAnswer.Refused("Say in a few words what is wrong.");
        var urgency = surroundings.With(severity, $"{actor!.Name} declared it", null);
        var opened = new IncidentEvent.Opened(
            Cut(text, 200), severity, urgency.Because, "a person", null, services, card, null, surroundings.ScenarioOf(card), urgency.AcknowledgeWithin,
            urgency.RespondWithin, surroundings.ChangesFor(services, card), surroundings.BudgetsFor(services), false);
        return await OpenAsync([opened], actor, cancellationToken);
    }

    /// <summary>Lets one incident go on as part of another.</summary>
    public async Task<IncidentAnswer> MergeAsync(string id, string into, Actor? actor, CancellationToken cancellationToken)
    {
        if (id == into || book.Find(id) is not { } source) return new IncidentAnswer.Refused("There is no such other incident.");
        var alerts = Sightings(source.Alerts.Values);
        var taken = await ChangeAsync(into, actor, incident => !incident.IsOpen ? No("The other incident is over.")
            : incident.Links.Contains(id) && alerts.All(alert => incident.Alerts.ContainsKey(alert.Fingerprint)) ? Nothing
            : Then(new IncidentEvent.TookOver(id, alerts)), cancellationToken);
        if (taken is IncidentAnswer.Refused) return taken;
        var left = await ChangeAsync(id, actor, incident => incident.State == IncidentState.Merged ? Nothing : Then(new IncidentEvent.MergedInto(into)), cancellationToken);
        return left is IncidentAnswer.Refused ? left : taken;
    }

    /// <summary>Makes some of its alerts an incident of their own.</summary>
    public async Task<IncidentAnswer> SplitAsync(string id, ImmutableArray<string> fingerprints, Actor? actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        if (book.Find(id) is not { IsOpen: true } source) return new IncidentAnswer.Refused("There is no such open incident.");
        var alerts = fingerprints.Select(fingerprint => source.Alerts.GetValueOrDefault(fingerprint)).OfType<IncidentAlert>().ToList();
        if (alerts.Count == 0 || alerts.Count == source.Alerts.Count) return new IncidentAnswer.Refused("Choose some of its alerts, not none and not all.");
        var worst = alerts.MinBy(alert => alert.Severity ?? Severity.P2)!;
        var urgency = surroundings.With(worst.Severity ?? Severity.P2, $"split from incident {id}", null);
        var opened = new IncidentEvent.Opened(
            worst.Summary, urgency.Severity, urgency.Because, source.Opening.Source, null, source.Opening.Services, null, null, null,
            urgency.AcknowledgeWithin, urgency.RespondWithin, source.Changes, source.Opening.Budgets, false);
        var answer = await OpenAsync(
            [opened, new IncidentEvent.AlertsSeen([.. Sightings(alerts)], 0), new IncidentEvent.Linked(id, "split from it")], actor!, cancellationToken);
        if (answer is not IncidentAnswer.Done { Incident: var created }) return answer;
        await ChangeAsync(id, actor, _ => Then(new IncidentEvent.SplitOff(created.Id, [.. alerts.Select(alert => alert.Fingerprint)])), cancellationToken);
        return answer;
    }

    private async Task<IncidentAnswer> OpenAsync(IReadOnlyList<IncidentEvent> facts, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            for (var number = book.NextNumber; ; number++)
            {
                var id = number.ToString(CultureInfo.InvariantCulture);
                if (await store.AppendAsync(IncidentLedger.StreamOf(id), 0, [.. facts.Select(fact => IncidentLedger.Write(fact, actor))], cancellationToken)
                    is AppendResult.Appended appended) return await DoneAsync(id, appended.LastPosition, cancellationToken);
            }
        }
        catch (StorageUnavailableException unavailable)
        {
            return new IncidentAnswer.Refused($"Not recorded: {unavailable.Message}");
        }
    }

    private async Task<IncidentAnswer> ChangeAsync(string id, Actor? actor, Func<Incident, Decision> decide, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if (IncidentBook.Fold(await store.ReadStreamAsync(IncidentLedger.StreamOf(id), cancellationToken)) is not { } folded)
                    return new IncidentAnswer.Refused("There is no such incident.");
                switch (decide(folded))
                {
                    case { Refusal: { } sentence }:
                        return new IncidentAnswer.Refused(sentence);
                    case { Fact: null }:
                        return new IncidentAnswer.Done(folded);
                    case { Fact: { } fact }:
                        if (await store.AppendAsync(IncidentLedger.StreamOf(id), folded.Version, [IncidentLedger.Write(fact, actor!)], cancellationToken)
                            is AppendResult.Appended appended) return await DoneAsync(id, appended.LastPosition, cancellationToken);
                        break;
                }
            }

            return new IncidentAnswer.Refused("Too many people change it at this moment. Look again.");
        }
        catch (StorageUnavailableException unavailable)
        {
            return new IncidentAnswer.Refused($"Not recorded: {unavailable.Message}");
        }
    }

    private async Task<IncidentAnswer> DoneAsync(string id, long position, CancellationToken cancellationToken)
    {
        await ledger.ReachedAsync(position, cancellationToken);
        return book.Find(id) is { } incident ? new IncidentAnswer.Done(incident) : new IncidentAnswer.Refused("There is no such incident.");
    }

    /// <summary>Whoever acknowledges from a push and then signs in is one person.</summary>
    private bool IsSame((string Id, string Name) one, Actor other) => one.Id == other.Id
        || (onCall.Schedule.Whose(one.Id, one.Name) is { } person && person == onCall.Schedule.Whose(other.Id, other.Name));

    private static IncidentAnswer.Refused? Forbidden(Actor? actor) =>
        actor is not null && actor.May(Role.Responder) ? null : new IncidentAnswer.Refused("Sign in as a responder to do this.");

    private bool IsTwice(Incident incident, TimelineKind kind, string text, Actor actor) => incident.Timeline.Any(entry =>
        entry.Kind == kind && entry.Text == text && entry.By == actor.Name && clock.GetUtcNow() - entry.At < TimeSpan.FromMinutes(1));

    private static ImmutableArray<AlertSighting> Sightings(IEnumerable<IncidentAlert> alerts) =>
    [
        .. alerts.Select(alert => new AlertSighting(
            alert.Fingerprint, alert.Name, alert.Firing, alert.Labels, alert.Summary, alert.Severity, alert.Labels.GetValueOrDefault("service"), null, null,
            alert.StartedAt, null, null)),
    ];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : Cut(text);

    private static string Cut(string text, int longest = LongestText)
    {
        var clean = text.Trim().Replace("\0", "", StringComparison.Ordinal);
        return clean.Length <= longest ? clean : clean[..longest];
    }

    private static Decision Then(IncidentEvent fact) => new(fact, null);

    private static Decision No(string sentence) => new(null, sentence);

    private static readonly Decision Nothing = new(null, null);

    private sealed record Decision(IncidentEvent? Fact, string? Refusal);
}
