using System.Globalization;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;

namespace Cockpit.Components.Mobile;

/// <summary>Words for the phone.</summary>
public static class MobileText
{
    private const int LongestLine = 300;

    /// <summary>A time of day in the reader's zone, or in UTC and says so.</summary>
    public static string Clock(DateTimeOffset at, TimeZoneInfo? zone) => zone is null
        ? at.UtcDateTime.ToString("HH:mm'Z'", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The list's first sentence.</summary>
    public static string Lead(IReadOnlyCollection<IncidentStanding> open) => open.Count switch
    {
        0 => "Nothing is open.",
        1 => "One incident is open.",
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} incidents are open."),
    };

    /// <summary>How an incident looks.</summary>
    public static string Shape(Incident incident) => incident.State switch
    {
        IncidentState.Triggered => incident.Severity <= Severity.P2 ? "bad" : "warn",
        IncidentState.Acknowledged => "warn",
        _ => "good",
    };

    /// <summary>Severity and state.</summary>
    public static string State(Incident incident) => $"{incident.Severity} · {incident.StateText}";

    /// <summary>Alerts, age and the change that may be behind it, as sentences.</summary>
    public static string Story(Incident incident, DateTimeOffset now)
    {
        var alerts = incident.Firing switch
        {
            0 when incident.Alerts.IsEmpty => "Nobody's alert: a person declared it",
            0 when incident.Alerts.Count == 1 => "Its alert has ended",
            0 => string.Create(CultureInfo.InvariantCulture, $"All of its {incident.Alerts.Count} alerts have ended"),
            1 => "One alert fires",
            var many => string.Create(CultureInfo.InvariantCulture, $"{many} alerts fire"),
        };
        var held = incident.Truncated > 0 ? string.Create(CultureInfo.InvariantCulture, $" Alertmanager held back {incident.Truncated} more.") : "";
        var change = incident.Changes.FirstOrDefault(change => change.Related) is { } related
            ? $" {FigureText.Duration(incident.OpenedAt - related.At)} before it, {related.Subject} {related.What}." : "";
        var length = incident.ResolvedAt is { } end ? $"lasted {FigureText.Duration(end - incident.StartedAt)}" : $"since {FigureText.Duration(now - incident.StartedAt)}";
        return $"{alerts}, {length}.{held}{change}";
    }

    /// <summary>Whom silence wakes, for the line above the clock.</summary>
    public static string Wakes(UpcomingPage next) => $"Pages {next.Person ?? "nobody"}, {Lower(next.Role)}, in";

    /// <summary>What is left until an instant, as minutes and seconds.</summary>
    public static string Left(DateTimeOffset at, DateTimeOffset now)
    {
        var left = at > now ? at - now : TimeSpan.Zero;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalMinutes}:{left.Seconds:00}");
    }

    /// <summary>Whose part it is to do what, for the line above the duties.</summary>
    /// <param name="page">The page that asked.</param>
    /// <param name="isReader">Whether the reader is the one who was asked.</param>
    public static string Part(Page page, bool isReader) => string.Create(
        CultureInfo.InvariantCulture, $"{(isReader ? "Your part" : $"{page.PersonName}’s part")}, level {page.Level}, {Lower(page.Role)}");

    /// <summary>A line that does not fill the screen.</summary>
    public static string Cut(string line) => line.Length <= LongestLine ? line : line[..LongestLine] + "…";

    /// <summary>A title within a sentence; names that are written their own way, like DevOps, stay.</summary>
    private static string Lower(string text) =>
        !text.Split(' ')[0].Skip(1).Any(char.IsUpper) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
