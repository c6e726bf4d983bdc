using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Incidents;

/// <summary>Drafts what is written up afterwards: the figures and the timeline are there, the thinking is left to people.</summary>
public static class IncidentReview
{
    private static readonly ImmutableHashSet<TimelineKind> Noise = [TimelineKind.Delivery];

    /// <summary>The draft as Markdown.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="executions">What became of its actions, as far as that is kept.</param>
    public static string Draft(Incident incident, IEnumerable<Execution> executions)
    {
        var outcome = IncidentOutcome.Of(incident);
        var text = new StringBuilder();
        Line(text, $"# Incident {incident.Id}: {Plain(incident.Title)}");
        Line(text, $"{incident.Severity}{(incident.IsMajor ? ", declared major" : "")}, because {Plain(incident.SeverityBecause)}. {Instant(incident.StartedAt)} to {(incident.ResolvedAt is { } end ? Instant(end) : "now")}.");
        foreach (var (part, name) in incident.Parts) Line(text, $"- {part}: {Plain(name)}");
        Line(text, "");
        Line(text, "## Times");
        Line(text, "");
        Line(text, "| to | took | counted from |");
        Line(text, "|---|---|---|");
        Line(text, $"| detect | {Span(outcome.ToDetect)} | the first alert's own start |");
        Line(text, $"| acknowledge | {Span(outcome.ToAcknowledge)} | detection; {Span(incident.Opening.AcknowledgeWithin)} were allowed |");
        Line(text, $"| mitigate | {(incident.MitigatedAt is null && outcome.ToResolve is not null ? $"{Span(outcome.ToResolve)} (nobody said so earlier)" : Span(outcome.ToMitigate))} | detection |");
        Line(text, $"| resolve | {Span(outcome.ToResolve)} | detection |");
        Line(text, "");
        Line(text, string.Create(CultureInfo.InvariantCulture, $"{incident.Alerts.Count} alerts. {incident.Pages.Length} pages: {(incident.Pages.IsEmpty ? "nobody was paged" : string.Join(", ", incident.Pages.Select(page => $"{Plain(page.PersonName)} (level {page.Level})")))}."));
        Actions(text, incident, executions);
        Budgets(text, incident);
        Line(text, "");
        Line(text, "## What had changed before");
        Line(text, "");
        if (incident.Changes.IsEmpty) Line(text, "Nothing that the cockpit saw.");
        foreach (var change in incident.Changes) Line(text, $"- {Span(incident.OpenedAt - change.At)} before: {Plain(change.Subject)} {Plain(change.What)}{(change.Related ? " (a service of this incident)" : "")}");
        Line(text, "");
        Line(text, "## Timeline (UTC)");
        Line(text, "");
        foreach (var entry in incident.Timeline.Where(entry => !Noise.Contains(entry.Kind)))
            Line(text, $"- {entry.At.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {Plain(entry.Text)}{(entry.By is null ? "" : $" ({Plain(entry.By)})")}");
        foreach (var heading in (string[])["What went well", "What went badly", "Root cause", "Follow-ups"])
        {
            Line(text, "");
            Line(text, $"## {heading}");
            Line(text, "");
            Line(text, heading == "Follow-ups" ? "- [ ] what, who, by when" : "_Write it here._");
        }

        return text.ToString();
    }

    private static void Actions(StringBuilder text, Incident incident, IEnumerable<Execution> executions)
    {
        Line(text, "");
        Line(text, "## Actions, and what came of them");
        Line(text, "");
        if (incident.Actions.IsEmpty) Line(text, "None was run from the cockpit.");
        var known = executions.ToDictionary(execution => execution.Id);
        foreach (var action in incident.Actions)
        {
            var became = known.GetValueOrDefault(action.Execution);
            var after = became?.RecoveredAfter is { } span ? $", {Span(span)} after it was sent" : "";
            Line(text, $"- {Plain(action.Title)} ({Plain(action.By)}): {(became is null ? "what came of it is no longer kept here; see the audit" : became.StateSentence + after)}");
        }
    }

    private static void Budgets(StringBuilder text, Incident incident)
    {
        Line(text, "");
        Line(text, "## Error budget spent");
        Line(text, "");
        var spent = incident.Opening.Budgets.Join(incident.BudgetsAfter, mark => mark.Objective, mark => mark.Objective,
            (before, after) => (before.Objective, Share: before.Remaining - after.Remaining, after.Remaining)).OrderByDescending(mark => mark.Share).ToList();
        if (spent.Count == 0) Line(text, incident.IsOpen ? "Known when it is over." : "No objective of its services was known at both ends.");
        foreach (var (objective, share, remaining) in spent)
            Line(text, $"- {Plain(objective)}: {Percent(share)} of the budget, {Percent(remaining)} left");
    }

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Span(TimeSpan? span) => span is { } length ? FigureText.Duration(length) : FigureText.None;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Labels come from outside: none of their characters may become markup.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\r' or '\n') plain.Append(' ');
            else if ("\\`*_{}[]<>#|".Contains(character, StringComparison.Ordinal)) plain.Append('\\').Append(character);
            else plain.Append(character);
        }

        return plain.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
