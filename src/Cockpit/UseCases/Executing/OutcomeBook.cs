using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>How the runs of each card ended, kept as they end: reading costs a look-up.</summary>
public sealed class OutcomeBook : ILedgerView
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Card, bool InSteps, DateTimeOffset? SentAt)> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<TimeSpan?>> _ended = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, TrackRecord> _records = ImmutableDictionary<string, TrackRecord>.Empty;

    /// <summary>The record of a card; <see cref="TrackRecord.Empty"/> when nothing of it has run.</summary>
    public TrackRecord Of(string cardId) => Volatile.Read(ref _records).GetValueOrDefault(cardId, TrackRecord.Empty);

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Stream.Kind != Ledger.ExecutionKind) return;
        var (id, fact) = (entry.Stream.Id, Ledger.ReadExecution(entry));
        lock (_lock)
        {
            if (fact is ExecutionEvent.Requested { RevertOf: null } requested) _running[id] = (requested.Preview.CardId, requested.Preview.Walk is not null, null);
            if (!_running.TryGetValue(id, out var run)) return;
            switch (fact)
            {
                case ExecutionEvent.DispatchIntended:
                    _running[id] = run with { SentAt = entry.RecordedAt };
                    break;
                case ExecutionEvent.Recovered:
                    End_NeedsLock(id, run.Card, entry.RecordedAt - run.SentAt is { } took && took > TimeSpan.Zero ? took : TimeSpan.Zero);
                    break;
                case ExecutionEvent.NotRecovered or ExecutionEvent.EffectMissed:
                    End_NeedsLock(id, run.Card, null);
                    break;
                case ExecutionEvent.ReadBack { Applied: false } when run.InSteps:
                    break;
                case ExecutionEvent.Refused or ExecutionEvent.Stopped or ExecutionEvent.StopAsked or ExecutionEvent.Cancelled or ExecutionEvent.ApprovalRefused or ExecutionEvent.ApprovalExpired
                    or ExecutionEvent.ReadBack { Applied: false } or ExecutionEvent.Resolved { Done: false }:
                    _running.Remove(id);
                    break;
            }
        }
    }

    private void End_NeedsLock(string id, string card, TimeSpan? recoveredAfter)
    {
        _running.Remove(id);
        _ended[card] = _ended.GetValueOrDefault(card, []).Add(recoveredAfter);
        Volatile.Write(ref _records, _records.SetItem(card, TrackRecord.Of(_ended[card])));
    }
}
