using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Answering;

/// <summary>The newest answer to each question that only a person can answer, folded from the ledger.</summary>
public sealed class AnswerBook : ILedgerView
{
    private ImmutableDictionary<string, HumanAnswer> _answers = ImmutableDictionary<string, HumanAnswer>.Empty;

    /// <summary>Answers, keyed <c>card/condition</c>.</summary>
    public ImmutableDictionary<string, HumanAnswer> Answers => Volatile.Read(ref _answers);

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Type != Ledger.QuestionAnswered) return;
        var answer = new HumanAnswer(Ledger.Read<Answered>(entry).Yes, entry.Actor.Name, entry.RecordedAt);
        ImmutableInterlocked.AddOrUpdate(ref _answers, entry.Stream.Id, answer, (_, _) => answer);
    }

    internal sealed record Answered(bool Yes);
}

/// <summary>Records a person's answer.</summary>
public sealed class AnswerQuestionHandler(IEventStore store)
{
    /// <summary>Records it; returns why not as a sentence, or null when it is recorded.</summary>
    public async Task<string?> HandleAsync(string cardId, string conditionId, bool yes, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Responder)) return "Sign in as a responder to answer.";
        try
        {
            await store.AppendAsync(new StreamId(Ledger.AnswerKind, $"{cardId}/{conditionId}"), null,
                [Ledger.Write(Ledger.QuestionAnswered, new AnswerBook.Answered(yes), actor)], cancellationToken);
            return null;
        }
        catch (StorageUnavailableException unavailable)
        {
            return $"Not recorded: {unavailable.Message}";
        }
    }
}
