using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Follows every execution to its end, its lease and its outcome included. One instance does it at a time; whatever it records carries
/// the version it decided on, so a second one loses politely.
/// </summary>
public sealed partial class ExecutionSupervisor(
    ILeadership leadership, ExecutionBook book, ExecutionFollower follower, LeaseKeeper leases, OutcomeWatch outcomes, ApproverPages pages,
    ExecutionRecord record, TimeProvider clock, ILogger<ExecutionSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var term = await leadership.AcquireAsync(stoppingToken);
                using var leading = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, term.Lost);
                while (!leading.IsCancellationRequested)
                {
                    await SuperviseAsync(leading.Token);
                    await Task.Delay(Pace, clock, leading.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Failed(logger, exception);
                await Task.Delay(Pace, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

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
            if (fact is not null) await record.AppendAsync(execution, [fact], Actor.System, cancellationToken);
        }
        catch (Exception exception) when (exception is not (StorageUnavailableException or OperationCanceledException))
        {
            // One execution that cannot be followed must not keep the others waiting.
            OneFailed(logger, exception, execution.Id);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Supervising executions failed; it goes on")]
    private static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Execution {Execution} cannot be followed; the others are")]
    private static partial void OneFailed(ILogger logger, Exception exception, string execution);
}
