using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>Sends an intended change and records what became of it; afterwards asks the target when the answer was lost.</summary>
public sealed partial class ActionDispatcher(IDeployments deployments, IEventStore store, TimeProvider clock, ILogger<ActionDispatcher> logger)
{
    /// <summary>How long a target may take to answer.</summary>
    public static readonly TimeSpan DispatchTimeout = TimeSpan.FromSeconds(10);

    private const int Attempts = 4;

    /// <summary>How long after sending a change that did not show is taken for not applied.</summary>
    public static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(30);

    /// <summary>Sends the change once and says what became of it, recorded or not. The intent must be recorded already.</summary>
    public async Task<ExecutionEvent> DispatchAsync(ActionPreview preview, string resourceVersion, CancellationToken cancellationToken)
    {
        var (space, name) = TargetOf(preview);
        ExecutionEvent outcome;
        try
        {
            outcome = OutcomeOf(await ClusterPatience.AskAsync(
                token => ScaleAsync(new DeploymentRef(space, name), preview.Pinned, resourceVersion, token), DispatchTimeout, clock, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = new ExecutionEvent.OutcomeUnknown("the cluster did not answer in time");
        }

        try
        {
            await store.AppendAsync(StreamOf(preview), 3, [Ledger.Write(outcome, Actor.System)], CancellationToken.None);
        }
        catch (StorageUnavailableException unavailable)
        {
            // The intent is recorded, so the supervisor finds this execution and asks the target when storage is back.
            OutcomeNotRecorded(logger, unavailable, preview.Id);
        }

        return outcome;
    }

    /// <summary>
    /// During an outage pods come and go, and each moves the target's version without touching what was previewed. A conflict says that
    /// nothing was changed: as long as what the preview holds fast is still so, the change is sent again with the version of that look.
    /// </summary>
    private async Task<ClusterAnswer> ScaleAsync(DeploymentRef target, PinnedTarget pinned, string resourceVersion, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await deployments.ScaleAsync(target, pinned.To, resourceVersion, cancellationToken);
            if (answer is not ClusterAnswer.Conflict || attempt == Attempts) return answer;
            if (await deployments.ReadAsync(target, cancellationToken) is not ClusterAnswer.Accepted look
                || (look.Workload.Uid, look.Workload.Generation, look.Workload.Replicas) != (pinned.Uid, pinned.Generation, pinned.From)) return answer;
            resourceVersion = look.ResourceVersion;
        }
    }

    /// <summary>Asks the target what became of a change whose answer was lost; null while it cannot be told.</summary>
    public async Task<ExecutionEvent?> ReadBackAsync(Execution execution, CancellationToken cancellationToken)
    {
        var (space, name) = TargetOf(execution.Preview);
        var read = await ClusterPatience.AskAsync(
            token => deployments.ReadAsync(new DeploymentRef(space, name), token), DispatchTimeout, clock, cancellationToken);
        if (read is not ClusterAnswer.Accepted { Workload: var target }) return null;
        var pinned = execution.Preview.Pinned;
        if (target.Uid != pinned.Uid) return new ExecutionEvent.ReadBack(false, "the target was deleted and created again");
        if (target.Replicas == pinned.To) return new ExecutionEvent.ReadBack(true, $"the target asks for {target.Replicas} replicas");
        var settled = clock.GetUtcNow() - (execution.DispatchedAt ?? execution.RequestedAt) >= SettlesWithin;
        if (!settled) return null;
        return new ExecutionEvent.ReadBack(false, target.Replicas == pinned.From
            ? $"the target still asks for {target.Replicas} replicas; nothing was changed"
            : $"the target asks for {target.Replicas} replicas, set by somebody else");
    }

    private static ExecutionEvent OutcomeOf(ClusterAnswer answer) => answer switch
    {
        ClusterAnswer.Accepted => new ExecutionEvent.Accepted(ClusterText.Of(answer)),
        ClusterAnswer.Unreachable => new ExecutionEvent.OutcomeUnknown(ClusterText.Of(answer)),
        _ => new ExecutionEvent.Refused(ClusterText.Of(answer)),
    };

    private static StreamId StreamOf(ActionPreview preview) => new(Ledger.ExecutionKind, preview.Id);

    private static (string Namespace, string Name) TargetOf(ActionPreview preview)
    {
        var slash = preview.Target.IndexOf('/', StringComparison.Ordinal);
        return (preview.Target[..slash], preview.Target[(slash + 1)..]);
    }

    [LoggerMessage(1, LogLevel.Error, "The outcome of execution {Execution} could not be recorded; it will be read back")]
    private static partial void OutcomeNotRecorded(ILogger logger, Exception exception, string execution);
}
