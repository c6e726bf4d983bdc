using Cockpit.Domain.Health;

namespace Cockpit.Live;

/// <summary>
/// Turns readings into snapshots, once for all viewers: soon after something changed, at most a few times a second, and at least
/// once a second, because time alone makes values stale.
/// </summary>
internal sealed partial class Assessor(
    SourceStates states, SnapshotFeed feed, ISnapshotInputs inputs, LiveMetrics metrics, TimeProvider clock, ILogger<Assessor> logger) : BackgroundService
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(1);

    /// <summary>Sources that are asked at one pace answer within a moment of each other: waiting for it makes one snapshot of them all.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = states.ChangedAsync(stoppingToken);
            try
            {
                Assess();
            }
            catch (Exception exception)
            {
                AssessmentFailed(logger, exception);
            }

            await Task.Delay(AtMostEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(changed, Task.Delay(AtLeastEvery - AtMostEvery, clock, timeout.Token));
            await timeout.CancelAsync();
            await Task.Delay(Settling, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal void Assess()
    {
        var startedAt = clock.GetTimestamp();
        var before = feed.Current;
        var health = PlatformHealth.Next(before.Health, states.Current, inputs.Model, inputs.Answers, inputs.Concerns, clock.GetUtcNow());
        feed.Publish(new CockpitSnapshot(before.Number + 1, health, inputs.Executions, inputs.StorageFailure) { Objectives = inputs.Objectives, Incidents = inputs.Incidents });
        metrics.Published(clock.GetElapsedTime(startedAt));
    }

    [LoggerMessage(1, LogLevel.Error, "The assessment failed; the last snapshot stays and ages")]
    private static partial void AssessmentFailed(ILogger logger, Exception exception);
}
