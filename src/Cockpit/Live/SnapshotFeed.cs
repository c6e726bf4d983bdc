namespace Cockpit.Live;

/// <summary>
/// Hands the newest snapshot to whoever waits. The latest wins: a slow reader skips the numbers it missed and never delays
/// another, because readers hold nothing here but the number they saw last.
/// </summary>
public sealed class SnapshotFeed
{
    private readonly Lock _lock = new();
    private CockpitSnapshot _current = CockpitSnapshot.Nothing;
    private TaskCompletionSource _published = NewSignal();

    /// <summary>The newest snapshot; <see cref="CockpitSnapshot.Nothing"/> before the first.</summary>
    public CockpitSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Publishes a snapshot and wakes the readers outside the lock.</summary>
    /// <exception cref="ArgumentException">The number does not grow.</exception>
    public void Publish(CockpitSnapshot snapshot)
    {
        TaskCompletionSource published;
        lock (_lock)
        {
            if (snapshot.Number <= _current.Number)
                throw new ArgumentException($"Snapshot {snapshot.Number} does not follow {_current.Number}.", nameof(snapshot));
            Volatile.Write(ref _current, snapshot);
            published = _published;
            _published = NewSignal();
        }

        published.SetResult();
    }

    /// <summary>The newest snapshot after a number, at once if there is one, else when it comes.</summary>
    public async ValueTask<CockpitSnapshot> NextAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task published;
            lock (_lock)
            {
                if (_current.Number > after) return _current;
                published = _published.Task;
            }

            await published.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
