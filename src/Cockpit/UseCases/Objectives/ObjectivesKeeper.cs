namespace Cockpit.UseCases.Objectives;

/// <summary>
/// Asks the source at one pace for everybody, for as long as the host runs, and keeps what was counted: from storage at start, to storage
/// regularly and at the end.
/// </summary>
internal sealed partial class ObjectivesKeeper(
    ObjectivesBoard board, ISliSource source, PastKeeper past, TimeProvider clock, ILogger<ObjectivesKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);

    /// <summary>What is a rate is known from the second look on: it comes early, so that a page opened at the start is soon whole.</summary>
    private static readonly TimeSpan SecondLookAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RoundAtMost = TimeSpan.FromSeconds(12);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var backfill = Task.CompletedTask;
        var savedAt = clock.GetTimestamp();
        var isFirst = true;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var began = clock.GetTimestamp();
                if (await RoundAsync(stoppingToken) && backfill.IsCompleted && past.WantsBackfill) backfill = past.BackfillAsync(stoppingToken);
                if (clock.GetElapsedTime(savedAt) >= SaveEvery)
                {
                    savedAt = clock.GetTimestamp();
                    await past.SaveSomeAsync(stoppingToken);
                }

                var interval = SamplePace.WallInterval(source.Speed);
                var rest = (isFirst && SecondLookAfter < interval ? SecondLookAfter : interval) - clock.GetElapsedTime(began);
                isFirst = false;
                await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            await backfill.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await past.SaveAllAsync();
        }
    }

    /// <summary>One round; true when it ended well.</summary>
    internal async Task<bool> RoundAsync(CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(RoundAtMost, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        try
        {
            var round = await source.ReadAsync(board.Queries, bounded.Token);
            await past.BeginAsync(round, stopping);
            board.Take(round);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            RoundFailed(logger, exception, source.Name);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A round of objectives with {Source} failed; the last state stays and ages")]
    private static partial void RoundFailed(ILogger logger, Exception exception, string source);
}
