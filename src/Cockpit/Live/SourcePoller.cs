using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Live;

/// <summary>The pace of one source.</summary>
/// <param name="Interval">From the end of a good read to the start of the next.</param>
/// <param name="Timeout">What one read may take.</param>
/// <param name="LongestBackoff">The longest pause after repeated failures.</param>
public sealed record PollPace(TimeSpan Interval, TimeSpan Timeout, TimeSpan LongestBackoff)
{
    public static readonly PollPace EverySecond = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));
}

/// <summary>
/// Asks one source, for everybody, for ever: each read bounded in time, failures backed off with jitter so that a struggling
/// server is not asked in step by every instance, the last good observation kept and left to age.
/// </summary>
internal sealed partial class SourcePoller<T>(
    ISource<T> source, PollPace pace, Action<SourceState<T>> publish, PollMetrics metrics, TimeProvider clock, ILogger logger)
{
    private const double Jitter = 0.2;

    private SourceState<T> _state = SourceState<T>.Waiting(source.Name, pace.Interval);

    public async Task RunAsync(CancellationToken stopping)
    {
        publish(_state);
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var startedAt = clock.GetTimestamp();
            var answered = await ReadOnceAsync(stopping);
            if (!stopping.IsCancellationRequested) metrics.Ended(source.Name, clock.GetElapsedTime(startedAt), answered);
            failures = answered ? 0 : failures + 1;
            await Task.Delay(PauseAfter(failures), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal TimeSpan PauseAfter(int failures)
    {
        if (failures == 0) return pace.Interval;
        var backoff = pace.Interval * Math.Pow(2, Math.Min(failures - 1, 16));
        var capped = backoff < pace.LongestBackoff ? backoff : pace.LongestBackoff;
        return capped * (1 - Jitter + 2 * Jitter * Random.Shared.NextDouble());
    }

    private async Task<bool> ReadOnceAsync(CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(pace.Timeout, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            var observation = await source.ReadAsync(bounded.Token).WaitAsync(bounded.Token);
            if (_state.FailingSince is not null) Recovered(logger, source.Name);
            Publish(_state.Seen(observation));
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            Fail($"did not answer within {FigureText.Duration(pace.Timeout)}", null);
        }
        catch (SourceUnavailableException unavailable)
        {
            Fail(unavailable.Message, unavailable);
        }
        catch (Exception unexpected)
        {
            Fail($"could not be read ({unexpected.GetType().Name})", unexpected);
        }

        return false;
    }

    private void Fail(string why, Exception? exception)
    {
        if (_state.Failure != why) Failing(logger, exception, source.Name, why);
        Publish(_state.Failed(why, clock.GetUtcNow()));
    }

    private void Publish(SourceState<T> state)
    {
        _state = state;
        publish(state);
    }

    [LoggerMessage(1, LogLevel.Warning, "Source {Source} fails: {Why}")]
    private static partial void Failing(ILogger logger, Exception? exception, string source, string why);

    [LoggerMessage(2, LogLevel.Information, "Source {Source} answers again")]
    private static partial void Recovered(ILogger logger, string source);
}
