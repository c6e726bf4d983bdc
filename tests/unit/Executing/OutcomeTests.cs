using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Executing;

/// <summary>What was seen before and after is kept, and counted once as it ends.</summary>
public sealed class OutcomeTests : IAsyncLifetime
{
    private Desk _desk = null!;

    public async Task InitializeAsync() => _desk = await Desk.OpenAsync();

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Symptoms_are_kept_from_before_and_from_five_and_fifteen_minutes_after()
    {
        await _desk.RunAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 8 };
        for (var minute = 0; minute < 16; minute++)
        {
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
            _desk.Observe();
            for (var round = 0; round < 4; round++) await _desk.SuperviseAsync();
        }

        Assert.Equal(
            [(OutcomeMoment.Before, 1, 3), (OutcomeMoment.AfterFiveMinutes, 0, 3), (OutcomeMoment.AfterFifteenMinutes, 0, 3)],
            _desk.Newest.Outcomes.Select(outcome => (outcome.Moment, outcome.Present, outcome.Symptoms.Length)));
        Assert.Equal(2, _desk.Store.Types.Count(type => type == "execution.observed"));
    }

    [Fact]
    public async Task Look_that_comes_too_late_says_that_nobody_looked()
    {
        await _desk.RunAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        _desk = await _desk.RestartAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 8 };
        for (var round = 0; round < 6; round++)
        {
            _desk.Observe();
            await _desk.SuperviseAsync();
        }

        Assert.Equal(
            [null, "the cockpit was not running then", "the cockpit was not running then"], _desk.Newest.Outcomes.Select(outcome => outcome.Missing));
    }

    [Fact]
    public async Task Card_tells_after_how_many_of_its_runs_it_recovered()
    {
        Assert.Null(_desk.Outcomes.Of(Tiles.WebSocket).Sentence);

        await _desk.RunAsync();
        _desk.Cluster.Workload = _desk.Cluster.Workload with { ReadyReplicas = 8 };
        for (var second = 0; second < 3; second++)
        {
            _desk.Clock.Advance(TimeSpan.FromSeconds(2));
            _desk.Observe();
            await _desk.SuperviseAsync();
        }

        var record = new TrackRecord(1, 1, TimeSpan.FromSeconds(4));
        Assert.Equal(record, _desk.Outcomes.Of(Tiles.WebSocket));
        Assert.Equal("Recovered after 1 of 1 run, median 4\u202Fs", record.Sentence);
        _desk = await _desk.RestartAsync();
        await _desk.CatchUpAsync();
        Assert.Equal(record, _desk.Outcomes.Of(Tiles.WebSocket));
    }

    [Fact]
    public void Record_counts_every_run_and_takes_the_middle_of_those_that_recovered()
    {
        static TimeSpan? Minutes(int? minutes) => minutes is { } some ? TimeSpan.FromMinutes(some) : null;

        Assert.Equal(TrackRecord.Empty, TrackRecord.Of([]));
        Assert.Equal(new TrackRecord(2, 0, null), TrackRecord.Of([null, null]));
        Assert.Equal(new TrackRecord(9, 7, TimeSpan.FromMinutes(4)), TrackRecord.Of([.. new int?[] { 9, 3, null, 4, 2, 5, null, 1, 8 }.Select(Minutes)]));
        Assert.Equal(new TrackRecord(2, 2, TimeSpan.FromMinutes(3)), TrackRecord.Of([Minutes(2), Minutes(4)]));
        Assert.Equal("Recovered after 7 of 9 runs, median 4\u202Fmin", new TrackRecord(9, 7, TimeSpan.FromMinutes(4)).Sentence);
        Assert.Equal("Recovered after 0 of 2 runs", new TrackRecord(2, 0, null).Sentence);
    }
}
