namespace Cockpit.UseCases.Recording;

/// <summary>Feeds the ledger to every view, from the beginning at start and then as it grows, here or in another instance.</summary>
public sealed partial class LedgerReader(IEventStore store, IEnumerable<ILedgerView> views, TimeProvider clock, ILogger<LedgerReader> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiting = [];
    private long _position;

    /// <summary>Completes when the views have seen the ledger up to a position.</summary>
    public Task ReachedAsync(long position, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_position >= position) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var entry in store.FollowAsync(_position + 1, stoppingToken)) Take(entry);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                ReadingFailed(logger, exception, _position);
                await Task.Delay(RetryAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(StoredEvent entry)
    {
        foreach (var view in views)
        {
            try
            {
                view.Apply(entry);
            }
            catch (Exception exception)
            {
                // One unreadable entry must not hide all that follow it.
                EntryFailed(logger, exception, entry.Position, view.GetType().Name);
            }
        }

        List<TaskCompletionSource> reached;
        lock (_lock)
        {
            _position = entry.Position;
            reached = [.. _waiting.Where(waiter => waiter.Position <= _position).Select(waiter => waiter.Reached)];
            _waiting.RemoveAll(waiter => waiter.Position <= _position);
        }

        foreach (var waiter in reached) waiter.SetResult();
    }

    [LoggerMessage(1, LogLevel.Error, "Reading the ledger stopped after entry {Position}; it starts again")]
    private static partial void ReadingFailed(ILogger logger, Exception exception, long position);

    [LoggerMessage(2, LogLevel.Error, "Entry {Position} of the ledger cannot be taken into {View}")]
    private static partial void EntryFailed(ILogger logger, Exception exception, long position, string view);
}
