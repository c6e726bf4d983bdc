using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Follows every open execution to its end: closes what a crash left half done, reads lost outcomes back, and proves the effect
/// and the recovery. One instance does it at a time; whatever it records carries the version it decided on, so a second one loses politely.
/// </summary>
public sealed partial class ExecutionSupervisor(
    ILeadership leadership, SnapshotFeed feed, ExecutionBook book, ActionDispatcher dispatcher, IEventStore store, TimeProvider clock,
    ILogger<ExecutionSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>After this long, whoever was sending is not any more.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(20);

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

    /// <summary>Looks at every open execution once.</summary>
    internal async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        foreach (var execution in book.Recent.Where(execution => execution.IsOpen))
        {
            try
            {
                if (await NextAsync(execution, cancellationToken) is not { } fact) continue;
                await store.AppendAsync(new StreamId(Ledger.ExecutionKind, execution.Id), execution.Version, [Ledger.Write(fact, Actor.System)], cancellationToken);
            }
            catch (Exception exception) when (exception is not (StorageUnavailableException or OperationCanceledException))
            {
                // One execution that cannot be followed must not keep the others waiting.
                OneFailed(logger, exception, execution.Id);
            }
        }
    }

    private async Task<ExecutionEvent?> NextAsync(Execution execution, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return execution.State switch
        {
            ExecutionState.Requested when now - execution.RequestedAt > Abandoned =>
                new ExecutionEvent.Refused("The cockpit stopped before sending it. Nothing was sent."),
            ExecutionState.Dispatching when now - execution.DispatchedAt > Abandoned =>
                new ExecutionEvent.OutcomeUnknown("the cockpit stopped while sending it"),
            ExecutionState.Unknown => await dispatcher.ReadBackAsync(execution, cancellationToken),
            _ when feed.Current.Health is { } health && HaveSpoken(health.Readings) =>
                Verification.Next(
                    execution, execution.State == ExecutionState.Accepted ? await dispatcher.ObserveAsync(execution, cancellationToken) : null,
                    health.Card(execution.Preview.CardId), now),
            _ => null,
        };
    }

    /// <summary>Right after a start nothing has been seen yet: a deadline that passed in between proves nothing.</summary>
    private static bool HaveSpoken(PlatformReadings readings) => HasSpoken(readings.Cluster) && HasSpoken(readings.Metrics);

    private static bool HasSpoken<T>(SourceState<T> source) => !source.Configured || source.Latest is not null || source.Failure is not null;

    [LoggerMessage(1, LogLevel.Error, "Supervising executions failed; it goes on")]
    private static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Execution {Execution} cannot be followed; the others are")]
    private static partial void OneFailed(ILogger logger, Exception exception, string execution);
}
