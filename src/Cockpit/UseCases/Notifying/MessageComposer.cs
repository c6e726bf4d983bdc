using Cockpit.Catalog;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;

namespace Cockpit.UseCases.Notifying;

/// <summary>Puts into the catalog's words what is to be said, for one way at a time.</summary>
public sealed class MessageComposer(PlatformCatalog catalog, IContacts contacts, IAcknowledgeLinks links)
{
    /// <summary>Asks somebody to come to an incident.</summary>
    /// <param name="way">The way.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="page">The page.</param>
    /// <param name="key">What deduplicates it.</param>
    /// <param name="now">The instant.</param>
    public PageMessage Page(INotificationChannel way, Incident incident, Page page, string key, DateTimeOffset now)
    {
        var link = Address($"m/incidents/{incident.Id}");
        var change = incident.Changes.FirstOrDefault(change => change.Related) is { } related ? $"{related.Subject} {related.What}" : "";
        var (subject, text) = Fill(way, catalog.Messages.Page,
            ("severity", incident.Severity.ToString()), ("incident", incident.Id), ("title", incident.Title),
            ("since", FigureText.Duration(now - incident.StartedAt)),
            ("alerts", incident.Firing == 1 ? "1 alert fires" : FormattableString.Invariant($"{incident.Firing} alerts fire")),
            ("services", string.Join(", ", incident.Opening.Services)), ("level", FormattableString.Invariant($"{page.Level}")), ("role", page.Role),
            ("person", page.PersonName), ("why", page.Why), ("duties", string.Join("; ", page.Duties)), ("change", change),
            ("link", link?.ToString() ?? ""), ("key", key));
        return new PageMessage(
            key, incident.Id, incident.Severity, incident.Title, subject, text, page.PersonName, page.Level, page.Duties, link,
            Address($"m/ack/{links.Create(incident.Id, page.Person, page.PersonName)}"));
    }

    /// <summary>Tells somebody something that is no incident.</summary>
    /// <param name="way">The way.</param>
    /// <param name="person">Whom, by name.</param>
    /// <param name="notice">What.</param>
    public PageMessage Notice(INotificationChannel way, string person, Notice notice)
    {
        var link = notice.Path is { } path ? Address(path.TrimStart('/')) : null;
        var (subject, text) = Fill(way, catalog.Messages.Notice,
            ("title", notice.Title), ("text", notice.Text), ("person", person), ("link", link?.ToString() ?? ""), ("key", notice.Key));
        return new PageMessage(notice.Key, null, notice.Severity, notice.Title, subject, text, person, 0, [], link, null);
    }

    private Uri? Address(string path) => contacts.PublicUrl is { } home ? new Uri(home, path) : null;

    private static (string Subject, string Text) Fill(INotificationChannel way, WordsByWay words, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var clean = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) clean[name] = way.Clean(value);
        return words.For(way.Channel).Fill(clean);
    }
}

/// <summary>Something to tell somebody that is no incident.</summary>
/// <param name="Key">The same for every attempt.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Title">What it is about, without a full stop.</param>
/// <param name="Text">What, as sentences.</param>
/// <param name="Path">Where to look, as a path of the cockpit; null for nowhere.</param>
public sealed record Notice(string Key, Severity Severity, string Title, string Text, string? Path);
