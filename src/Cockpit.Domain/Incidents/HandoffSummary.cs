using System.Globalization;
using System.Text;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Incidents;

/// <summary>Drafts what the leaving person hands over: the week's incidents, what is still open, what woke people.</summary>
public static class HandoffSummary
{
    /// <summary>The draft as Markdown.</summary>
    /// <param name="incidents">All incidents that are kept.</param>
    /// <param name="from">Start of the turn.</param>
    /// <param name="until">Its end.</param>
    /// <param name="leaving">Who leaves, by name; null when nobody was there.</param>
    /// <param name="coming">Who comes, by name; null when nobody will be there.</param>
    public static string Draft(IEnumerable<Incident> incidents, DateTimeOffset from, DateTimeOffset until, string? leaving, string? coming)
    {
        var week = incidents.Where(incident => incident.OpenedAt < until && (incident.OpenedAt >= from || incident.IsOpen) && incident.State != IncidentState.Merged)
            .OrderBy(incident => incident.OpenedAt).ToList();
        var text = new StringBuilder();
        Line(text, $"# Handoff {Day(until)}: {leaving ?? "nobody"} to {coming ?? "nobody"}");
        Line(text, "");
        Line(text, string.Create(CultureInfo.InvariantCulture, $"{Count(week.Count, "incident")}, {Count(week.Sum(incident => incident.Pages.Length), "page")}, {week.Sum(incident => incident.Pages.Count(page => IsNight(page.At)))} of them between 22:00 and 06:00 UTC."));
        Section(text, "Still open", week.Where(incident => incident.IsOpen));
        Section(text, "Over", week.Where(incident => !incident.IsOpen));
        Section(text, "Without a review", week.Where(incident => incident.State == IncidentState.Resolved && incident.Severity <= Alerts.Severity.P2));
        Line(text, "");
        Line(text, "## To watch");
        Line(text, "");
        Line(text, "_What the coming person must know._");
        return text.ToString();
    }

    private static void Section(StringBuilder text, string heading, IEnumerable<Incident> incidents)
    {
        var listed = incidents.ToList();
        if (listed.Count == 0) return;
        Line(text, "");
        Line(text, $"## {heading}");
        Line(text, "");
        foreach (var incident in listed)
        {
            var outcome = IncidentOutcome.Of(incident);
            var took = outcome.ToResolve is { } span ? $", over after {FigureText.Duration(span)}" : "";
            Line(text, $"- {incident.Id} {incident.Severity} {incident.Title}: {incident.StateText}{took}, {Count(incident.Pages.Length, "page")}");
        }
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static bool IsNight(DateTimeOffset at) => at.UtcDateTime.Hour is >= 22 or < 6;

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
