namespace Cockpit.UseCases.Recording;

/// <summary>
/// Work that one instance does at a time, about once a second, for as long as it leads. What fails is logged and begun again: such a loop ends
/// with the process and with nothing else.
/// </summary>
public abstract partial class LeaderLoop(ILeadership leadership, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected TimeProvider Clock { get; } = clock;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var term = await leadership.AcquireAsync(stoppingToken);
                using var leading = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, term.Lost);
                while (!leading.IsCancellationRequested)
                {
                    await RoundAsync(leading.Token);
                    await Task.Delay(Pace, Clock, leading.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                await OverAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Failed(logger, exception, GetType().Name);
                await Task.Delay(Pace, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Does everything that is due.</summary>
    protected abstract Task RoundAsync(CancellationToken cancellationToken);

    /// <summary>Called when a term of leading is over, before the next is waited for.</summary>
    protected virtual Task OverAsync() => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Error, "{Loop} failed; it goes on")]
    private static partial void Failed(ILogger logger, Exception exception, string loop);
}
