using Cockpit.Live;

namespace Cockpit.Tests.Live;

public sealed class SnapshotFeedTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly SnapshotFeed _feed = new();

    [Fact]
    public void Nothing_is_current_before_the_first() => Assert.Same(CockpitSnapshot.Nothing, _feed.Current);

    [Fact]
    public async Task Reader_gets_at_once_what_it_has_not_seen_and_waits_for_what_is_not_there()
    {
        _feed.Publish(Snapshot(1));
        Assert.Equal(1, (await _feed.NextAsync(0, CancellationToken.None)).Number);

        var next = _feed.NextAsync(1, CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        _feed.Publish(Snapshot(2));

        Assert.Equal(2, (await next.WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task Slow_reader_skips_to_the_newest()
    {
        for (var number = 1; number <= 100; number++) _feed.Publish(Snapshot(number));

        Assert.Equal(100, (await _feed.NextAsync(1, CancellationToken.None)).Number);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(4)]
    public void Number_that_does_not_grow_is_refused_and_changes_nothing(long number)
    {
        _feed.Publish(Snapshot(5));

        Assert.Throws<ArgumentException>(() => _feed.Publish(Snapshot(number)));
        Assert.Equal(5, _feed.Current.Number);
    }

    [Fact]
    public async Task Reader_that_never_comes_back_delays_neither_publisher_nor_others()
    {
        using var blocking = new ManualResetEventSlim();
        var stuck = _feed.NextAsync(0, CancellationToken.None).AsTask()
            .ContinueWith(_ => blocking.Wait(Soon), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var other = _feed.NextAsync(1, CancellationToken.None).AsTask();

        var publishing = Task.Run(() =>
        {
            _feed.Publish(Snapshot(1));
            _feed.Publish(Snapshot(2));
        });
        await publishing.WaitAsync(Soon);

        Assert.Equal(2, (await other.WaitAsync(Soon)).Number);
        Assert.False(stuck.IsCompleted);
        blocking.Set();
        Assert.True(await stuck);
    }

    [Fact]
    public async Task Waiting_ends_with_its_token_and_leaves_the_others()
    {
        using var gone = new CancellationTokenSource();
        var leaving = _feed.NextAsync(0, gone.Token).AsTask();
        var staying = _feed.NextAsync(0, CancellationToken.None).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        _feed.Publish(Snapshot(1));

        Assert.Equal(1, (await staying.WaitAsync(Soon)).Number);
    }

    [Fact]
    public async Task Many_readers_of_many_snapshots_all_reach_the_last_and_never_go_back()
    {
        const int Last = 2_000;
        var readers = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            long seen = 0;
            while (seen < Last)
            {
                var next = await _feed.NextAsync(seen, CancellationToken.None);
                Assert.True(next.Number > seen);
                seen = next.Number;
            }
        })).ToList();

        for (var number = 1; number <= Last; number++) _feed.Publish(Snapshot(number));

        await Task.WhenAll(readers).WaitAsync(Soon);
    }

    private static CockpitSnapshot Snapshot(long number) => new(number, null, [], null);
}
