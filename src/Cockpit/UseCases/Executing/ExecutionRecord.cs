using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>Reads an execution as storage has it and records what somebody decided on exactly that state.</summary>
public sealed class ExecutionRecord(IEventStore store)
{
    private const int Attempts = 4;
    private const int LongestId = 100;

    /// <summary>The execution as storage has it now; null when there is none of that id.</summary>
    public async Task<Execution?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > LongestId || !id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')) return null;
        var entries = await store.ReadStreamAsync(StreamOf(id), cancellationToken);
        return entries.Aggregate((Execution?)null, (execution, entry) =>
            Execution.Apply(execution, Ledger.ReadExecution(entry), entry.Actor, entry.RecordedAt));
    }

    /// <summary>
    /// Decides on the newest state and records the fact. When somebody else wrote in between, it decides anew on what they left: of two
    /// people at once one wins, and the other is told what happened.
    /// </summary>
    public async Task<DecisionOutcome> DecideAsync(
        string id, Actor actor, Func<Execution, (ExecutionEvent? Fact, ActionRefusal? Why)> decide, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await ReadAsync(id, cancellationToken) is not { } execution) return new DecisionOutcome.Refused(new ActionRefusal.NoSuchExecution());
                var (fact, why) = decide(execution);
                if (fact is null) return new DecisionOutcome.Refused(why!);
                if (await AppendAsync(execution, [fact], actor, cancellationToken) && await ReadAsync(id, cancellationToken) is { } after)
                    return new DecisionOutcome.Recorded(after);
            }

            return new DecisionOutcome.Refused(new ActionRefusal.Overtaken());
        }
        catch (StorageUnavailableException unavailable)
        {
            return new DecisionOutcome.Refused(new ActionRefusal.StorageDown(unavailable.Message));
        }
    }

    /// <summary>Records facts that were decided on this state; false when somebody else wrote first.</summary>
    public async Task<bool> AppendAsync(Execution execution, IEnumerable<ExecutionEvent> facts, Actor actor, CancellationToken cancellationToken) =>
        await store.AppendAsync(StreamOf(execution.Id), execution.Version, [.. facts.Select(fact => Ledger.Write(fact, actor))], cancellationToken)
            is AppendResult.Appended;

    internal static StreamId StreamOf(string id) => new(Ledger.ExecutionKind, id);
}
