using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>All executions, folded from the ledger. Reading costs nothing and never waits.</summary>
public sealed class ExecutionBook : ILedgerView
{
    private const int FinishedKept = 500;

    private readonly Lock _lock = new();
    private ImmutableDictionary<string, Execution> _byId = ImmutableDictionary<string, Execution>.Empty;
    private ImmutableArray<Execution> _recent = [];

    /// <summary>Executions, the newest request first: every open one and the latest that are finished.</summary>
    public ImmutableArray<Execution> Recent
    {
        get { lock (_lock) return _recent; }
    }

    /// <summary>The execution of that id, or null.</summary>
    public Execution? Find(string id)
    {
        lock (_lock) return _byId.GetValueOrDefault(id);
    }

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Stream.Kind != Ledger.ExecutionKind) return;
        var fact = Ledger.ReadExecution(entry);
        lock (_lock)
        {
            var next = Execution.Apply(_byId.GetValueOrDefault(entry.Stream.Id), fact, entry.Actor, entry.RecordedAt);
            _byId = _byId.SetItem(entry.Stream.Id, next);
            _recent = [next, .. _recent.Where(execution => execution.Id != next.Id)];
            if (_recent.Length > 1 && _recent[0].RequestedAt < _recent[1].RequestedAt)
                _recent = [.. _recent.OrderByDescending(execution => execution.RequestedAt)];
            if (_recent.Length > FinishedKept) Forget_NeedsLock();
        }
    }

    private void Forget_NeedsLock()
    {
        var kept = _recent.Where((execution, index) => index < FinishedKept || execution.IsFollowed).ToImmutableArray();
        _byId = _byId.RemoveRange(_recent.Except(kept).Select(execution => execution.Id));
        _recent = kept;
    }
}
