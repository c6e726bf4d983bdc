using Cockpit.UseCases.Escalating;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Notifying;

/// <summary>Tells somebody outside that the cockpit lives. Silence there is what pages when the cockpit itself is gone.</summary>
public interface IHeartbeatReceiver
{
    /// <summary>From beat to beat.</summary>
    TimeSpan Interval { get; }

    /// <summary>Sends one beat; returns why it failed, or null.</summary>
    Task<string?> BeatAsync(CancellationToken cancellationToken);
}

/// <summary>Beats only while the cockpit can do its duty: it records, and the one that escalates does so.</summary>
public sealed partial class Heartbeat(
    IEnumerable<IHeartbeatReceiver> receivers, IStorageHealth storage, ILeadership leadership, EscalationSupervisor escalation, TimeProvider clock,
    ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan EscalatesWithin = TimeSpan.FromSeconds(30);

    /// <summary>When a beat was last taken; null when never.</summary>
    public DateTimeOffset? LastBeatAt { get; private set; }

    /// <summary>Why the last beat was not sent or not taken; null when it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>True when a receiver is configured.</summary>
    public bool IsConfigured => receivers.Any();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(receivers.Select(receiver => BeatAsync(receiver, stoppingToken)));

    /// <summary>Sends one beat if all is well.</summary>
    internal async Task BeatOnceAsync(IHeartbeatReceiver receiver, CancellationToken cancellationToken)
    {
        var failure = Unfit() ?? await receiver.BeatAsync(cancellationToken);
        if (failure is null) LastBeatAt = clock.GetUtcNow();
        else if (failure != Failure) NotBeaten(logger, failure);
        Failure = failure;
    }

    private async Task BeatAsync(IHeartbeatReceiver receiver, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await BeatOnceAsync(receiver, stopping);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(logger, exception);
            }

            await Task.Delay(receiver.Interval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? Unfit() => storage.Current is StorageAvailability.Unavailable unavailable ? $"the cockpit cannot record: {unavailable.Reason}"
        : leadership.IsLeader && !(clock.GetUtcNow() - escalation.LastRoundAt < EscalatesWithin) ? "escalation does not run"
        : null;

    [LoggerMessage(1, LogLevel.Warning, "No heartbeat went out: {Why}")]
    private static partial void NotBeaten(ILogger logger, string why);

    [LoggerMessage(2, LogLevel.Error, "A heartbeat failed; the next is tried in time")]
    private static partial void Failed(ILogger logger, Exception exception);
}
