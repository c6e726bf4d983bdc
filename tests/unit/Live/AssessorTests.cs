using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Live;

public sealed class AssessorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeClock _clock = new(Platform.Now);
    private readonly SourceStates _states = new();
    private readonly SnapshotFeed _feed = new();
    private readonly Inputs _inputs = new();

    [Fact]
    public void Assessment_is_numbered_and_follows_the_one_before()
    {
        using var assessor = Create();

        assessor.Assess();
        _states.Set(Platform.Readings().Metrics);
        assessor.Assess();

        Assert.Equal(2, _feed.Current.Number);
        Assert.Equal(Freshness.Fresh, _feed.Current.Health!.Board[SignalIds.DeliveryP95].Freshness);
    }

    [Fact]
    public async Task Time_alone_brings_a_new_assessment_each_second_and_a_change_brings_it_sooner()
    {
        using var assessor = Create();
        await assessor.StartAsync(CancellationToken.None);
        await _feed.NextAsync(0, CancellationToken.None).AsTask().WaitAsync(Soon);

        await SleepAsync(TimeSpan.FromMilliseconds(250));
        await SleepAsync(TimeSpan.FromMilliseconds(750));
        await SleepAsync(TimeSpan.FromMilliseconds(20));
        await _feed.NextAsync(1, CancellationToken.None).AsTask().WaitAsync(Soon);

        _states.Set(Platform.Readings().Redis);
        await SleepAsync(TimeSpan.FromMilliseconds(250));
        await SleepAsync(TimeSpan.FromMilliseconds(20));
        Assert.Equal(3, (await _feed.NextAsync(2, CancellationToken.None).AsTask().WaitAsync(Soon)).Number);
        await assessor.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Assessment_that_fails_leaves_the_last_snapshot_and_is_tried_again()
    {
        using var assessor = Create();
        _inputs.Fails = true;
        await assessor.StartAsync(CancellationToken.None);
        await SleepAsync(TimeSpan.FromMilliseconds(250));
        Assert.Equal(0, _feed.Current.Number);

        _inputs.Fails = false;
        await SleepAsync(TimeSpan.FromMilliseconds(750));
        await SleepAsync(TimeSpan.FromMilliseconds(20));

        Assert.Equal(1, (await _feed.NextAsync(0, CancellationToken.None).AsTask().WaitAsync(Soon)).Number);
        await assessor.StopAsync(CancellationToken.None);
    }

    private Assessor Create() => new(_states, _feed, _inputs, new LiveMetrics(new QuietMeters()), _clock, NullLogger<Assessor>.Instance);

    /// <summary>Waits until the assessor sleeps for exactly so long, then lets the time pass.</summary>
    private async Task SleepAsync(TimeSpan by)
    {
        await Eventually.TrueAsync(() => _clock.NextDueIn == by);
        _clock.Advance(by);
    }

    private sealed class Inputs : ISnapshotInputs
    {
        private static readonly PlatformModel Known = new(PlatformFacts.Reference, [], [WebSocketCard.Card]);

        public bool Fails { get; set; }

        public PlatformModel Model => Fails ? throw new InvalidOperationException("The catalog is gone.") : Known;

        public IReadOnlyDictionary<string, HumanAnswer> Answers => WebSocketCard.Unanswered;

        public ImmutableArray<Concern> Concerns => [];

        public ImmutableArray<Execution> Executions => [];

        public string? StorageFailure => null;
    }
}
