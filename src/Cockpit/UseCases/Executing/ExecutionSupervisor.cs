using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Follows every execution to its end, its lease and its outcome included. One instance does it at a time; whatever it records carries
/// the version it decided on, so a second one loses politely.
/// </summary>
public sealed partial class ExecutionSupervisor(
    ILeadership leadership, ExecutionBook book, ExecutionFollower follower, LeaseKeeper leases, OutcomeWatch outcomes, ApproverPages pages,
    ExecutionRecord record, TimeProvider clock, ILogger<ExecutionSupervisor> logger) : LeaderLoop(leadership, clock, logger)
{
    protected override Task RoundAsync(CancellationToken cancellationToken) => SuperviseAsync(cancellationToken);

    /// <summary>Looks at everything that is followed once; a target that hangs does not hold up the others.</summary>
    internal Task SuperviseAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(book.Recent.Where(execution => execution.IsFollowed).Select(execution => FollowAsync(execution, cancellationToken)));

    private async Task FollowAsync(Execution execution, CancellationToken cancellationToken)
    {
        try
        {
            var fact = await follower.NextAsync(execution, cancellationToken)
                ?? await leases.NextAsync(execution, cancellationToken)
                ?? outcomes.Next(execution)
                ?? await pages.NextAsync(execution, cancellationToken);
            if (fact is null) return;
            await record.AppendAsync(execution, [fact, .. await AlsoAsync(execution, fact, cancellationToken)], Actor.System, cancellationToken);
        }
        catch (Exception exception) when (exception is not (StorageUnavailableException or OperationCanceledException))
        {
            // One execution that cannot be followed must not keep the others waiting.
            OneFailed(logger, exception, execution.Id);
        }
    }

    /// <summary>That a figure is as expected must not hold up the recovery, which the same look may show.</summary>
    private async Task<ExecutionEvent[]> AlsoAsync(Execution execution, ExecutionEvent fact, CancellationToken cancellationToken) =>
        fact is ExecutionEvent.ExpectedSeen
        && await follower.NextAsync(Execution.Apply(execution, fact, Actor.System, execution.ChangedAt), cancellationToken) is { } also ? [also] : [];

    [LoggerMessage(2, LogLevel.Error, "Execution {Execution} cannot be followed; the others are")]
    private static partial void OneFailed(ILogger logger, Exception exception, string execution);
}
