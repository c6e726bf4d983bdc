using System.Collections.Immutable;
using Cockpit.Domain.Incidents;

namespace Cockpit.UseCases.Incidents;

/// <summary>Decides where each alert belongs: a pure look at the incidents there are.</summary>
/// <remarks>
/// An alert belongs to the incident that holds its fingerprint, else to the open one of its group, else to the open one of its card, a burning
/// budget to the open one of its service, else to the open storm while one lasts, else to a new one. When more than a few incidents would
/// open within minutes, the rest is one storm: nobody can read a hundred pages at night.
/// </remarks>
internal sealed class AlertSorting
{
    public const string StormKey = "cockpit/storm";

    private const int IncidentsBeforeStorm = 10;

    private static readonly TimeSpan StormWindow = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Incident> _byFingerprint = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incident> _byGroup = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incident> _byCard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incident> _byService = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gathering> _gatherings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gathering> _told = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _now;
    private int _openedLately;

    public AlertSorting(ImmutableArray<Incident> recent, DateTimeOffset now)
    {
        _now = now;
        foreach (var incident in recent.Reverse())
        {
            var holds = incident.IsOpen || (incident.State == IncidentState.Resolved && now - incident.ResolvedAt < Incident.ReopensWithin);
            if (!holds) continue;
            foreach (var fingerprint in incident.Alerts.Keys)
                if (incident.IsOpen || !_byFingerprint.TryGetValue(fingerprint, out var other) || !other.IsOpen) _byFingerprint[fingerprint] = incident;
            if (incident.Opening.GroupKey is { } key && incident.IsOpen) _byGroup[key] = incident;
            if (incident is { IsOpen: true, Opening.IsStorm: false })
                foreach (var service in incident.Opening.Services) _byService[service] = incident;
            if (incident is { Card: { } card, IsOpen: true, Opening.IsStorm: false }) _byCard[card] = incident;
        }

        _openedLately = recent.Count(incident => now - incident.OpenedAt < StormWindow && !incident.Alerts.IsEmpty);
    }

    /// <summary>Where alerts go: to incidents that there are, and to new ones.</summary>
    public IReadOnlyCollection<Gathering> Gatherings => _gatherings.Values;

    /// <summary>Sorts one alert in; what says nothing new is passed over.</summary>
    public void Take(AlertSighting alert, AlertBatch batch)
    {
        if (_told.TryGetValue(alert.Fingerprint, out var told)) told.Add(alert);
        else if (PlaceOf(alert, batch) is { } place) (_told[alert.Fingerprint] = place).Add(alert);
    }

    private Gathering? PlaceOf(AlertSighting alert, AlertBatch batch)
    {
        if (_byFingerprint.TryGetValue(alert.Fingerprint, out var holder))
            return holder.Alerts[alert.Fingerprint].IsNews(alert, _now) && (holder.IsOpen || alert.Firing) ? GatherFor(holder, batch) : null;
        if (!alert.Firing) return null;
        if (GroupOf(batch) is { } group && _byGroup.TryGetValue(group, out var mine)) return GatherFor(mine, batch);
        if (alert.Card is { } card && _byCard.TryGetValue(card, out var same)) return GatherFor(same, batch);
        return IsBurn(alert) && alert.Service is { } service && _byService.TryGetValue(service, out var burning) ? GatherFor(burning, batch) : NewFor(alert, batch);
    }

    private Gathering GatherFor(Incident incident, AlertBatch batch)
    {
        var key = $"incident/{incident.Id}";
        if (!_gatherings.TryGetValue(key, out var gathering)) _gatherings[key] = gathering = new Gathering(incident, incident.Opening.GroupKey, batch.Source, false);
        gathering.Truncated = Math.Max(gathering.Truncated, batch.Truncated);
        return gathering;
    }

    private Gathering NewFor(AlertSighting alert, AlertBatch batch)
    {
        var key = alert.Card is { } card ? $"card/{card}" : GroupOf(batch) ?? $"alert/{alert.Fingerprint}";
        if (!_gatherings.TryGetValue(key, out var gathering))
        {
            if (_openedLately >= IncidentsBeforeStorm) return Storm(batch);
            _openedLately++;
            _gatherings[key] = gathering = new Gathering(null, GroupOf(batch), batch.Source, false);
        }

        gathering.Truncated = Math.Max(gathering.Truncated, batch.Truncated);
        return gathering;
    }

    private Gathering Storm(AlertBatch batch)
    {
        if (_byGroup.TryGetValue(StormKey, out var raging)) return GatherFor(raging, batch);
        if (!_gatherings.TryGetValue(StormKey, out var storm)) _gatherings[StormKey] = storm = new Gathering(null, StormKey, batch.Source, true);
        storm.Truncated = Math.Max(storm.Truncated, batch.Truncated);
        return storm;
    }

    /// <summary>A budget burns because of something: it belongs to whatever goes on at its service.</summary>
    private static bool IsBurn(AlertSighting alert) => alert.Labels.ContainsKey("slo");

    private static string? GroupOf(AlertBatch batch) => string.IsNullOrEmpty(batch.GroupKey) ? null : $"{batch.Source}/{batch.GroupKey}";

    /// <summary>Alerts on their way into one incident.</summary>
    internal sealed class Gathering(Incident? incident, string? groupKey, string source, bool isStorm)
    {
        private readonly Dictionary<string, AlertSighting> _latest = new(StringComparer.Ordinal);
        private readonly List<AlertSighting> _alerts = [];

        public Incident? Incident => incident;

        public string? GroupKey => groupKey;

        public string Source => source;

        public bool IsStorm => isStorm;

        public long Truncated { get; set; }

        public IReadOnlyList<AlertSighting> Alerts => _alerts;

        /// <summary>Adds what is new; a beginning that comes after the end of the very same episode was overtaken by it.</summary>
        public void Add(AlertSighting alert)
        {
            if (_latest.TryGetValue(alert.Fingerprint, out var before)
                && (before.Firing == alert.Firing || (alert.Firing && alert.StartedAt is not null && alert.StartedAt == before.StartedAt))) return;
            _latest[alert.Fingerprint] = alert;
            _alerts.Add(alert);
        }
    }
}
