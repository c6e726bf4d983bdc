using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;

namespace Cockpit.UseCases.Notifying;

/// <summary>What messages say.</summary>
public static class PageText
{
    /// <summary>The sentences below the title: short enough for a text message, the most important first.</summary>
    public static string Of(Incident incident, Page page, DateTimeOffset now)
    {
        var since = FigureText.Duration(now - incident.StartedAt);
        var alerts = incident.Firing == 1 ? "1 alert fires" : FormattableString.Invariant($"{incident.Firing} alerts fire");
        var change = incident.Changes.FirstOrDefault(change => change.Related) is { } related ? $" Just before, {related.Subject} {related.What}." : "";
        return $"{incident.Severity} since {since}, {alerts}. Level {page.Level}, {page.Role}: {page.Why}.{change}";
    }

    /// <summary>The page read aloud.</summary>
    public static string Spoken(PageMessage message) =>
        $"This is Cockpit, for {message.Person}. {message.Severity} incident {message.Incident}. {message.Title}. {message.Text}";
}
