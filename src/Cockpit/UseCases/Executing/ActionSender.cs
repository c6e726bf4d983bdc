using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>What was found right before sending.</summary>
/// <param name="Claims">How often the target has been claimed; claiming it next fails if anybody did in between.</param>
/// <param name="Judgement">The target as it is, and every guard's verdict.</param>
public sealed record Prepared(long Claims, Judgement Judgement)
{
    /// <summary>True when a guard forbids it now.</summary>
    public bool IsRefused => Judgement.Verdicts.Any(verdict => verdict.Outcome == GuardOutcome.Refuses);
}

/// <summary>The last steps of every action, in this order: the guards judge again, the target is claimed, the intent recorded, and only then is it sent.</summary>
public sealed partial class ActionSender(
    IEventStore store, LedgerReader ledger, ActionJudge judge, ActionDispatcher dispatcher, ExecutionRecord record, TimeProvider clock,
    ILogger<ActionSender> logger)
{
    /// <summary>A process that slept longer than this between intent and sending does not send: others may have drawn conclusions.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the target and lets every guard judge with the requester's roles of this moment.</summary>
    public Task<Prepared> PrepareAsync(Actor requester, ActionDefinition action, ActionPreview preview, CancellationToken cancellationToken) =>
        PrepareAsync(requester, action, preview, begun: false, cancellationToken);

    /// <summary>The same for a later step of what has begun already.</summary>
    public Task<Prepared> PrepareStepAsync(Actor requester, ActionDefinition action, ActionPreview step, CancellationToken cancellationToken) =>
        PrepareAsync(requester, action, step, begun: true, cancellationToken);

    /// <summary>How often the target has been claimed, with everything that is recorded taken in.</summary>
    public async Task<long> ClaimsAsync(string target, CancellationToken cancellationToken)
    {
        var claims = await store.ReadStreamAsync(new StreamId(Ledger.TargetKind, target), cancellationToken);
        var head = await store.ReadHeadAsync(cancellationToken);
        await ledger.ReachedAsync(head.Position, cancellationToken);
        return claims.Count;
    }

    /// <summary>Claims the target, records the intent, sends, and records what became of it.</summary>
    /// <returns>The execution as far as it is known, also when storage fails after sending.</returns>
    public async Task<Execution> SendAsync(Execution execution, long claims, string version, Actor actor, CancellationToken cancellationToken)
    {
        var claim = await store.AppendAsync(new StreamId(Ledger.TargetKind, execution.Target), claims,
            [Ledger.Write(Ledger.TargetClaimed, new { execution = execution.Id }, actor)], cancellationToken);
        if (claim is not AppendResult.Appended claimed)
        {
            var tooLate = new ExecutionEvent.Refused("Somebody else began to change the target in the same moment.");
            await record.AppendAsync(execution, [tooLate], Actor.System, cancellationToken);
            return await ReadAsync(execution, cancellationToken);
        }

        var intent = new ExecutionEvent.DispatchIntended(claimed.NewVersion);
        if (!await record.AppendAsync(execution, [intent], actor, cancellationToken)) return await ReadAsync(execution, cancellationToken);
        var intended = Execution.Apply(execution, intent, actor, clock.GetUtcNow());
        var outcome = clock.GetUtcNow() - intended.DispatchedAt > Promptly
            ? new ExecutionEvent.OutcomeUnknown("the cockpit slept before sending it")
            : await dispatcher.DispatchAsync(intended.Preview with { Pinned = intended.Sent }, version, cancellationToken);
        await RecordAsync(intended, outcome);
        return await TellAsync(Execution.Apply(intended, outcome, Actor.System, clock.GetUtcNow()), cancellationToken);
    }

    private async Task<Prepared> PrepareAsync(
        Actor requester, ActionDefinition action, ActionPreview preview, bool begun, CancellationToken cancellationToken)
    {
        var claims = await ClaimsAsync(preview.Target, cancellationToken);
        return new Prepared(claims, await judge.JudgeAsync(requester, action, preview.Inputs, preview.CardId, preview, begun, cancellationToken));
    }

    private async Task RecordAsync(Execution intended, ExecutionEvent outcome)
    {
        try
        {
            if (await record.AppendAsync(intended, [outcome], Actor.System, CancellationToken.None)) return;
            // While a step is on its way a person may ask to go no further; that must not cost the step its outcome.
            if (await record.ReadAsync(intended.Id, CancellationToken.None) is { State: ExecutionState.Dispatching } now)
                await record.AppendAsync(now, [outcome], Actor.System, CancellationToken.None);
        }
        catch (StorageUnavailableException unavailable)
        {
            // The intent is recorded, so the supervisor finds this execution and asks the target when storage is back.
            OutcomeNotRecorded(logger, unavailable, intended.Id);
        }
    }

    /// <summary>Once it is sent, "nothing was done" would be a lie: when storage cannot be read, this tells what is known here.</summary>
    private async Task<Execution> TellAsync(Execution known, CancellationToken cancellationToken)
    {
        try
        {
            return await record.ReadAsync(known.Id, cancellationToken) is { } read && read.Version >= known.Version ? read : known;
        }
        catch (Exception unread) when (unread is StorageUnavailableException or OperationCanceledException)
        {
            return known;
        }
    }

    private async Task<Execution> ReadAsync(Execution known, CancellationToken cancellationToken) =>
        await record.ReadAsync(known.Id, cancellationToken) ?? known;

    [LoggerMessage(1, LogLevel.Error, "The outcome of execution {Execution} could not be recorded; it will be read back")]
    private static partial void OutcomeNotRecorded(ILogger logger, Exception exception, string execution);
}
