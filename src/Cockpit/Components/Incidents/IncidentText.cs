using System.Globalization;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;

namespace Cockpit.Components.Incidents;

/// <summary>Words for incidents on a desk.</summary>
public static class IncidentText
{
    /// <summary>The page's first sentence.</summary>
    public static string Lead(IReadOnlyCollection<IncidentStanding> open)
    {
        var waiting = open.Count(standing => standing.Incident.State == IncidentState.Triggered);
        return (open.Count, waiting) switch
        {
            (0, _) => "No incident is open.",
            (1, 0) => "One incident is open, and somebody is on it.",
            (1, _) => "One incident is open and nobody has taken it.",
            (var count, 0) => string.Create(CultureInfo.InvariantCulture, $"{count} incidents are open, and somebody is on each."),
            var (count, untaken) => string.Create(CultureInfo.InvariantCulture, $"{count} incidents are open; {untaken} of them nobody has taken."),
        };
    }

    /// <summary>How an incident looks.</summary>
    public static HealthStatus Status(Incident incident) => incident.State switch
    {
        IncidentState.Triggered => HealthStatus.Bad,
        IncidentState.Acknowledged or IncidentState.Mitigated => HealthStatus.Warn,
        _ => HealthStatus.Good,
    };

    /// <summary>A length of time, or a dash.</summary>
    public static string Span(TimeSpan? span) => span is { } length ? FigureText.Duration(length) : FigureText.None;

    /// <summary>A day and a time, UTC.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Sign of a timeline entry, for those who cannot tell colours apart.</summary>
    public static string Sign(TimelineKind kind) => kind switch
    {
        TimelineKind.Alert => "Alert",
        TimelineKind.Page => "Page",
        TimelineKind.Delivery => "Message",
        TimelineKind.Action => "Action",
        TimelineKind.Note => "Note",
        TimelineKind.Change => "Change",
        TimelineKind.Link => "Link",
        _ => "State",
    };

    /// <summary>What happened, together with what changed on the platform and how actions went on; oldest first.</summary>
    public static IEnumerable<TimelineEntry> Whole(Incident incident, IEnumerable<Domain.Executions.Execution> executions, IEnumerable<Change> changes)
    {
        var until = incident.ResolvedAt ?? DateTimeOffset.MaxValue;
        var seen = incident.Changes.Concat(incident.ChangedMeanwhile).Select(change => (change.At, change.Subject)).ToHashSet();
        var during = changes.Where(change => change.At >= incident.OpenedAt && change.At <= until && !seen.Contains((change.At, change.Subject)))
            .Select(change => new TimelineEntry(change.At, TimelineKind.Change, $"{change.Subject} {change.What}"));
        var before = incident.Changes.Select(change => new TimelineEntry(change.At, TimelineKind.Change, $"{change.Subject} {change.What}"));
        var steps = executions.Where(execution => incident.Actions.Any(action => action.Execution == execution.Id))
            .SelectMany(execution => execution.Steps.Skip(1).Select(step => new TimelineEntry(step.At, TimelineKind.Action, $"{execution.Title}: {step.Text}")));
        return incident.Timeline.Concat(before).Concat(during).Concat(steps).OrderBy(entry => entry.At);
    }
}
