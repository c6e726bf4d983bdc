using System.Collections.Immutable;
using Cockpit.Connectors.Kubernetes.Api;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>The objects of one kind in one namespace, and when the server last vouched for them.</summary>
internal sealed record Confirmed<T>(ImmutableArray<T> Items, DateTimeOffset At);

/// <summary>
/// Keeps the objects of one kind in one namespace in memory, fed by a watch, and checked by a list whenever the watch has said
/// nothing for a while. The list is what counts: when it differs from memory, the watch was late or dead and is begun anew from the
/// list. Nothing is ever older than it says, and without a working watch this is simply a list for every read.
/// </summary>
internal sealed partial class WatchedList<T>(KubeClient client, KubeKind<T> kind, string @namespace, TimeProvider clock, ILogger logger)
    : IAsyncDisposable where T : class, IKubeObject
{
    /// <summary>How long the last word of the server counts as now. With the poller's pause on top it must stay well under what counts as stale.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    /// <summary>Before a watch that ended in good order is taken up again.</summary>
    public static readonly TimeSpan ResumePause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ImmutableDictionary<string, T> _items = ImmutableDictionary<string, T>.Empty.WithComparers(StringComparer.Ordinal);
    private Watching? _watching;
    private Task _ended = Task.CompletedTask;
    private long _confirmedAtTicks;
    private DateTimeOffset _confirmedAt;
    private string? _lastLoss;
    private bool _disposed;

    public async Task<KubeResult<Confirmed<T>>> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            if (_watching is not null && clock.GetElapsedTime(_confirmedAtTicks) <= Trust)
                return Current_NeedsLock();

        var (askedAt, askedAtTicks) = (clock.GetUtcNow(), clock.GetTimestamp());
        var answer = await client.ListAsync(kind, @namespace, null, cancellationToken);
        if (answer is KubeResult<KubeList<T>>.Failed failed) return new KubeResult<Confirmed<T>>.Failed(failed.Failure);

        var list = ((KubeResult<KubeList<T>>.Done)answer).Value;
        var listed = list.Items.DistinctBy(item => item.Metadata.Name).ToImmutableDictionary(item => item.Metadata.Name, StringComparer.Ordinal);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_watching is null || !SameVersions(listed, _items))
            {
                _items = listed;
                Restart_NeedsLock(list.ResourceVersion);
            }

            (_confirmedAt, _confirmedAtTicks) = (askedAt, askedAtTicks);
            return Current_NeedsLock();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task ended;
        lock (_lock)
        {
            _disposed = true;
            _watching?.Stop.Cancel();
            _watching = null;
            ended = _ended;
        }

        await ended;
    }

    private KubeResult<Confirmed<T>>.Done Current_NeedsLock() => new(new([.. _items.Values.OrderBy(item => item.Metadata.Name, StringComparer.Ordinal)], _confirmedAt));

    private void Restart_NeedsLock(string resourceVersion)
    {
        _watching?.Stop.Cancel();
        _watching = new();
        _ended = RunAsync(_watching, resourceVersion, _ended);
    }

    private async Task RunAsync(Watching watching, string resourceVersion, Task previous)
    {
        // Elsewhere than under the caller's lock.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var stop = watching.Stop;
        try
        {
            while (await FollowAsync(watching, resourceVersion) is { } reached)
            {
                resourceVersion = reached;
                await Task.Delay(ResumePause, clock, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Replaced by another watch, or disposed.
        }
        finally
        {
            // Under the lock, so that nobody cancels what is being disposed.
            lock (_lock)
                if (_watching == watching) _watching = null;
        }
    }

    /// <summary>The version reached when the watch ended in good order; null when only a list helps.</summary>
    private async Task<string?> FollowAsync(Watching watching, string resourceVersion)
    {
        var stop = watching.Stop.Token;
        var opened = await client.WatchAsync(kind, @namespace, resourceVersion, stop);
        if (opened is KubeResult<KubeWatch<T>>.Failed failed)
        {
            Lost(failed.Failure);
            return null;
        }

        await using var watch = ((KubeResult<KubeWatch<T>>.Done)opened).Value;
        while (await watch.NextAsync(stop) is { } told)
        {
            switch (told)
            {
                case WatchEvent<T>.Changed { Object: var item }:
                    Take(watching, items => items.SetItem(item.Metadata.Name, item));
                    resourceVersion = item.Metadata.ResourceVersion ?? resourceVersion;
                    break;
                case WatchEvent<T>.Removed { Object: var item }:
                    Take(watching, items => items.Remove(item.Metadata.Name));
                    resourceVersion = item.Metadata.ResourceVersion ?? resourceVersion;
                    break;
                case WatchEvent<T>.Bookmark bookmark:
                    Take(watching, items => items);
                    resourceVersion = bookmark.ResourceVersion;
                    break;
                case WatchEvent<T>.Broken { Failure: var failure }:
                    Lost(failure);
                    return null;
                default:
                    throw new InvalidOperationException($"An event that is not handled: {told.GetType().Name}.");
            }
        }

        return resourceVersion;
    }

    // Without permission to watch this would be said at every read; once is enough.
    private void Lost(KubeFailure failure)
    {
        if (_lastLoss == failure.Message) return;
        _lastLoss = failure.Message;
        LogLost(logger, kind.Plural, @namespace, failure.Message);
    }

    private void Take(Watching watching, Func<ImmutableDictionary<string, T>, ImmutableDictionary<string, T>> change)
    {
        lock (_lock)
        {
            if (_watching != watching) return;
            _items = change(_items);
            _lastLoss = null;
            (_confirmedAt, _confirmedAtTicks) = (clock.GetUtcNow(), clock.GetTimestamp());
        }
    }

    private static bool SameVersions(ImmutableDictionary<string, T> one, ImmutableDictionary<string, T> other) =>
        one.Count == other.Count && one.Values.All(item =>
            other.TryGetValue(item.Metadata.Name, out var twin)
            && twin.Metadata.Uid == item.Metadata.Uid && twin.Metadata.ResourceVersion == item.Metadata.ResourceVersion);

    [LoggerMessage(1, LogLevel.Information, "The watch on {Kind} in {Namespace} is lost: {Reason}. The next read lists again")]
    private static partial void LogLost(ILogger logger, string kind, string @namespace, string reason);

    private sealed class Watching
    {
        public CancellationTokenSource Stop { get; } = new();
    }
}
