using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>Sends an intended change and says what became of it; afterwards asks the target when the answer was lost.</summary>
public sealed class ActionDispatcher(ActionTargets targets, TimeProvider clock)
{
    /// <summary>How long a target may take to answer.</summary>
    public static readonly TimeSpan DispatchTimeout = TimeSpan.FromSeconds(10);

    private const int Attempts = 4;

    /// <summary>Sends the change once and says what became of it. The intent must be recorded already.</summary>
    public async Task<ExecutionEvent> DispatchAsync(ActionPreview preview, string resourceVersion, CancellationToken cancellationToken)
    {
        try
        {
            return OutcomeOf(await TargetPatience.AskAsync(
                token => ApplyAsync(preview, resourceVersion, token), DispatchTimeout, clock, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ExecutionEvent.OutcomeUnknown("the cluster did not answer in time");
        }
    }

    /// <summary>
    /// During an outage pods come and go, and each moves the target's version without touching what was previewed. A conflict says that
    /// nothing was changed: as long as what the preview holds fast is still so, the change is sent again with the version of that look.
    /// </summary>
    private async Task<TargetAnswer<string>> ApplyAsync(ActionPreview preview, string version, CancellationToken cancellationToken)
    {
        var (target, change) = (Target(preview), preview.ToChange());
        for (var attempt = 1; ; attempt++)
        {
            var answer = await target.ApplyAsync(change, preview.Id, version, cancellationToken);
            if (answer is not TargetAnswer<string>.Failed { Why: TargetFailure.Conflict } || attempt == Attempts) return answer;
            if (await target.ObserveAsync(change, cancellationToken) is not TargetAnswer<TargetState>.Done { Value: var look }
                || !preview.Pinned.Fits(look)) return answer;
            version = look.Version;
        }
    }

    /// <summary>Asks the target what became of a change whose answer was lost; null while it cannot be told.</summary>
    public async Task<ExecutionEvent?> ReadBackAsync(Execution execution, CancellationToken cancellationToken) =>
        await ObserveAsync(execution, cancellationToken) is { } target ? ReadBackRule.Judge(execution, target, clock.GetUtcNow()) : null;

    /// <summary>The execution's target as it is now; null when it cannot be read.</summary>
    public async Task<TargetState?> ObserveAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (targets.Find(execution.Preview.Kind, execution.Preview.On.Kind) is not { } target) return null;
        var read = await TargetPatience.AskAsync(
            token => target.ObserveAsync(execution.Preview.ToChange(), token), DispatchTimeout, clock, cancellationToken);
        return (read as TargetAnswer<TargetState>.Done)?.Value;
    }

    private static ExecutionEvent OutcomeOf(TargetAnswer<string> answer) => answer switch
    {
        TargetAnswer<string>.Done done => new ExecutionEvent.Accepted(done.Value),
        TargetAnswer<string>.Failed { Why: TargetFailure.Unreachable lost } => new ExecutionEvent.OutcomeUnknown(lost.Words),
        TargetAnswer<string>.Failed failed => new ExecutionEvent.Refused(failed.Why.Words),
        _ => throw new InvalidOperationException("An answer is either done or failed."),
    };

    private IActionTarget Target(ActionPreview preview) => targets.Find(preview.Kind, preview.On.Kind)
        ?? throw new InvalidOperationException($"Nothing here does {preview.Kind} on {preview.On.Kind}.");
}
