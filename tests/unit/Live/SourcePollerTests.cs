using System.Threading.Channels;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Live;

public sealed class SourcePollerTests : IAsyncLifetime
{
    private static readonly PollPace Pace = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));

    private readonly FakeClock _clock = new();
    private readonly Channel<SourceState<int>> _published = Channel.CreateUnbounded<SourceState<int>>();
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(10));
        _stopping.Dispose();
    }

    [Fact]
    public async Task Source_is_waited_for_and_then_read_at_its_pace()
    {
        var reads = 0;
        Start(_ => Task.FromResult(Seen(++reads)));

        Assert.Equal(SourceState<int>.Waiting("Prometheus", Pace.Interval), await NextAsync());
        Assert.Equal(State(1), await NextAsync());
        await SleepAsync(Pace.Interval - TimeSpan.FromTicks(1));
        Assert.Equal(1, reads);
        await SleepAsync(TimeSpan.FromTicks(1));
        Assert.Equal(State(2), await NextAsync());
    }

    [Fact]
    public async Task Failure_keeps_the_last_value_and_says_why_until_the_source_answers_again()
    {
        var reads = 0;
        Start(_ => ++reads == 2 ? throw new SourceUnavailableException("connection refused") : Task.FromResult(Seen(reads)));
        await NextAsync();
        var good = await NextAsync();

        await SleepAsync(Pace.Interval);
        var failed = await NextAsync();
        Assert.Equal(good with { Failure = "connection refused", FailingSince = _clock.GetUtcNow() }, failed);

        await SleepAsync(Pace.Interval * 1.2);
        Assert.Equal(State(3), await NextAsync());
    }

    [Fact]
    public async Task Read_that_takes_too_long_is_a_failure_and_its_token_is_cancelled()
    {
        var token = CancellationToken.None;
        Start(async cancellation =>
        {
            token = cancellation;
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancellation);
            return Seen(1);
        });
        await NextAsync();

        await SleepAsync(Pace.Timeout);

        Assert.Equal("did not answer within 2\u202Fs", (await NextAsync()).Failure);
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public async Task Source_that_ignores_its_token_does_not_stop_the_polling()
    {
        var reads = 0;
        Start(_ => ++reads == 1 ? new TaskCompletionSource<Observation<int>>().Task : Task.FromResult(Seen(reads)));
        await NextAsync();
        await SleepAsync(Pace.Timeout);
        Assert.NotNull((await NextAsync()).Failure);

        await SleepAsync(Pace.Interval * 1.2);

        Assert.Equal(State(2), await NextAsync());
    }

    [Fact]
    public async Task Unexpected_exception_is_a_failure_that_shows_no_details()
    {
        Start(_ => throw new InvalidOperationException("password=hunter2"));
        await NextAsync();

        Assert.Equal("could not be read (InvalidOperationException)", (await NextAsync()).Failure);
    }

    [Fact]
    public async Task Cancellation_that_nobody_asked_for_is_a_failure_and_not_the_end()
    {
        var reads = 0;
        Start(_ => ++reads == 1 ? throw new OperationCanceledException() : Task.FromResult(Seen(reads)));
        await NextAsync();
        Assert.NotNull((await NextAsync()).Failure);

        await SleepAsync(Pace.Interval * 1.2);

        Assert.Equal(State(2), await NextAsync());
    }

    [Fact]
    public async Task Stopping_ends_a_read_that_hangs()
    {
        Start(_ => new TaskCompletionSource<Observation<int>>().Task);
        await NextAsync();

        await _stopping.CancelAsync();

        await _running.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(0, 1.0, 1.0)]
    [InlineData(1, 0.8, 1.2)]
    [InlineData(2, 1.6, 2.4)]
    [InlineData(3, 3.2, 4.8)]
    [InlineData(4, 6.4, 9.6)]
    [InlineData(5, 6.4, 9.6)]
    [InlineData(1_000_000, 6.4, 9.6)]
    public void Pause_doubles_with_each_failure_up_to_a_bound_and_is_spread(int failures, double least, double most)
    {
        var poller = Poller(_ => Task.FromResult(Seen(1)));

        var pauses = Enumerable.Range(0, 500).Select(_ => poller.PauseAfter(failures).TotalSeconds).ToList();

        Assert.InRange(pauses.Min(), least, most);
        Assert.InRange(pauses.Max(), least, most);
        if (failures > 0) Assert.True(pauses.Max() - pauses.Min() > (most - least) / 2, "The pauses lie too close together.");
    }

    private static SourceState<int> State(int value) =>
        SourceState<int>.Waiting("Prometheus", Pace.Interval).Seen(Seen(value));

    private static Observation<int> Seen(int value) => new(value, Health.Platform.Now, "Prometheus");

    private void Start(Func<CancellationToken, Task<Observation<int>>> read) => _running = Poller(read).RunAsync(_stopping.Token);

    private SourcePoller<int> Poller(Func<CancellationToken, Task<Observation<int>>> read) =>
        new(new FakeSource(read), Pace, state => Assert.True(_published.Writer.TryWrite(state)), new PollMetrics(new QuietMeters()), _clock, NullLogger.Instance);

    private async Task<SourceState<int>> NextAsync() => await _published.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Advances once the poller sleeps on the clock.</summary>
    private async Task SleepAsync(TimeSpan by)
    {
        await Eventually.TrueAsync(() => _clock.PendingTimers > 0);
        _clock.Advance(by);
    }

    private sealed class FakeSource(Func<CancellationToken, Task<Observation<int>>> read) : ISource<int>
    {
        public string Name => "Prometheus";

        public Task<Observation<int>> ReadAsync(CancellationToken cancellationToken) => read(cancellationToken);
    }
}
