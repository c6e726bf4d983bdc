using Cockpit.Live;

namespace Cockpit.Hubs;

/// <summary>
/// Tells viewers what changed, at a fixed pace and once for all of them. Snapshots that come faster are folded together before; a topic in
/// which nothing changed is silent but for a sign of life now and then.
/// </summary>
internal sealed partial class LiveBroadcast(
    SnapshotFeed feed, LiveBoard board, LiveViewers viewers, TimeProvider clock, ILogger<LiveBroadcast> logger) : BackgroundService
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private const int SignOfLifeAfterTicks = 10;

    private readonly Dictionary<string, int> _quietTicks = LiveTopics.All.ToDictionary(topic => topic, _ => 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Tick(stoppingToken);
            }
            catch (Exception exception)
            {
                Failed(logger, exception);
            }
        }
    }

    internal void Tick(CancellationToken cancellationToken)
    {
        var snapshot = feed.Current;
        foreach (var topic in LiveTopics.All) _quietTicks[topic]++;
        foreach (var change in board.MoveTo(snapshot))
        {
            _quietTicks[change.State.Topic] = 0;
            viewers.Broadcast(change.State.Topic, change.Write(clock.GetUtcNow()), cancellationToken);
        }

        foreach (var topic in LiveTopics.All.Where(topic => _quietTicks[topic] >= SignOfLifeAfterTicks))
        {
            _quietTicks[topic] = 0;
            viewers.Broadcast(topic, board[topic].StillHere(snapshot.Health?.At ?? DateTimeOffset.UnixEpoch, clock.GetUtcNow()), cancellationToken);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A broadcast failed; viewers will ask for the whole topic")]
    private static partial void Failed(ILogger logger, Exception exception);
}
