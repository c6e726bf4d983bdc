using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Incidents;

/// <summary>All incidents, folded from the ledger, together with the actions that were run meanwhile. Reading costs nothing and never waits.</summary>
public sealed class IncidentBook : ILedgerView
{
    private const int FinishedKept = 300;

    private readonly Lock _lock = new();
    private ImmutableDictionary<string, Incident> _byId = ImmutableDictionary.Create<string, Incident>(StringComparer.Ordinal);
    private ImmutableArray<Incident> _recent = [];
    private ImmutableSortedDictionary<string, IncidentOutcome> _outcomes = ImmutableSortedDictionary.Create<string, IncidentOutcome>(StringComparer.Ordinal);
    private long _newest;

    /// <summary>Incidents, the newest first: every open one and the latest that are over.</summary>
    public ImmutableArray<Incident> Recent
    {
        get { lock (_lock) return _recent; }
    }

    /// <summary>Every open incident, the newest first.</summary>
    public IEnumerable<Incident> Open => Recent.Where(incident => incident.IsOpen);

    /// <summary>What all incidents that are over came to, also those that are not kept whole.</summary>
    public ImmutableArray<IncidentOutcome> Outcomes
    {
        get { lock (_lock) return [.. _outcomes.Values]; }
    }

    /// <summary>The number that the next incident may take.</summary>
    public long NextNumber
    {
        get { lock (_lock) return _newest + 1; }
    }

    /// <summary>The incident of that id, or null.</summary>
    public Incident? Find(string id)
    {
        lock (_lock) return _byId.GetValueOrDefault(id);
    }

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Stream.Kind == IncidentLedger.Kind) ApplyOwn(entry);
        else if (entry.Type == "execution.requested") ApplyExecution(entry);
    }

    /// <summary>An incident as its whole stream tells it.</summary>
    public static Incident? Fold(IEnumerable<StoredEvent> entries) => entries.Aggregate((Incident?)null, Next);

    private static Incident Next(Incident? before, StoredEvent entry) =>
        Incident.Apply(before, entry.Stream.Id, IncidentLedger.Read(entry), entry.Actor, entry.RecordedAt);

    private void ApplyOwn(StoredEvent entry)
    {
        lock (_lock)
        {
            if (long.TryParse(entry.Stream.Id, out var number) && number > _newest) _newest = number;
            Put_NeedsLock(Next(_byId.GetValueOrDefault(entry.Stream.Id), entry));
        }
    }

    /// <summary>Whoever runs an action of a card or runbook works on the incidents that it fits.</summary>
    private void ApplyExecution(StoredEvent entry)
    {
        if (Ledger.ReadExecution(entry) is not ExecutionEvent.Requested { RevertOf: null, Preview: var preview }) return;
        lock (_lock)
        {
            foreach (var incident in _recent.Where(incident => incident.IsOpen && (incident.Card == preview.CardId || incident.Opening.Runbook == preview.CardId)))
                Put_NeedsLock(incident.WithAction(new IncidentAction(preview.Id, entry.RecordedAt, preview.Title, entry.Actor.Name)));
        }
    }

    private void Put_NeedsLock(Incident incident)
    {
        var isNew = !_byId.ContainsKey(incident.Id);
        _byId = _byId.SetItem(incident.Id, incident);
        _recent = isNew ? [incident, .. _recent] : [.. _recent.Select(each => each.Id == incident.Id ? incident : each)];
        _outcomes = incident.IsOpen ? _outcomes.Remove(incident.Id) : _outcomes.SetItem(incident.Id, IncidentOutcome.Of(incident));
        if (_recent.Length <= FinishedKept) return;
        var kept = _recent.Where((each, index) => index < FinishedKept || each.IsOpen).ToImmutableArray();
        if (kept.Length == _recent.Length) return;
        _byId = _byId.RemoveRange(_recent.Except(kept).Select(each => each.Id));
        _recent = kept;
    }
}
