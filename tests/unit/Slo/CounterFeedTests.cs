using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class CounterFeedTests
{
    private readonly SloSeries _series = Series(Noon, Min(5), Hour);
    private readonly CounterFeed _feed;

    public CounterFeedTests() => _feed = new CounterFeed(_series);

    private SampleOutcome Read(double minute, double good, double total)
    {
        var at = Noon + Min(minute);
        _series.AdvanceTo(at);
        return _feed.Record(new CounterReading(at, good, total));
    }

    [Fact]
    public void First_reading_is_a_baseline()
    {
        Assert.Equal(SampleOutcome.Baseline, Read(0, 1_000, 1_000));
        Assert.Equal(Tally.None, _series.Over(Hour));
    }

    [Fact]
    public void Growth_is_counted()
    {
        Read(0, 1_000, 1_000);

        Assert.Equal(SampleOutcome.Counted, Read(0.5, 1_090, 1_100));
        Assert.Equal(Tally.Of(90, 100), _series.Over(Hour));
    }

    [Fact]
    public void Bad_counters_are_taken_from_the_total()
    {
        var feed = new CounterFeed(_series, partIsBad: true);
        feed.Record(new CounterReading(Noon, 0, 0));
        feed.Record(new CounterReading(Noon + Min(1), 3, 10));

        Assert.Equal(Tally.Of(7, 10), _series.Over(Hour));
    }

    [Fact]
    public void Reset_counts_from_zero()
    {
        Read(0, 1_000, 1_000);

        Assert.Equal(SampleOutcome.CountedAfterReset, Read(1, 19, 20));
        Assert.Equal(Tally.Of(19, 20), _series.Over(Hour));
        Assert.Equal(1, _series.Diagnostics.Resets);
    }

    [Fact]
    public void Fall_within_rounding_is_no_reset()
    {
        Read(0, 1e12, 1e12);

        Assert.Equal(SampleOutcome.Counted, Read(1, 1e12 - 100, 1e12 - 100));
        Assert.Equal(Tally.None, _series.Over(Hour));
    }

    [Fact]
    public void Gap_is_spread_evenly_over_its_minutes_in_whole_events()
    {
        Read(0, 0, 0);
        Read(10, 95, 100);

        Assert.Equal(Tally.Of(95, 100), _series.Over(Hour));
        Assert.All(_series.History(Noon, Min(1)).Take(10), step => Assert.Contains(step.Counted.Total, new[] { 9.0, 10, 11 }));
        Assert.Equal(1, _series.Diagnostics.Gaps);
    }

    [Fact]
    public void Gap_of_more_than_three_days_is_a_new_baseline()
    {
        Read(0, 0, 0);
        _series.ResumeAt(Noon + Days(3.1));

        Assert.Equal(SampleOutcome.GapTooLong, _feed.Record(new CounterReading(Noon + Days(3.1), 5, 5)));
        Assert.Equal(SampleOutcome.Counted, _feed.Record(new CounterReading(Noon + Days(3.1) + Min(1), 6, 6)));
        Assert.Equal(Tally.Of(1, 1), _series.OverBudget());
    }

    [Fact]
    public void Late_reading_loses_nothing()
    {
        Read(0, 0, 0);
        Read(2, 20, 20);

        Assert.Equal(SampleOutcome.Late, _feed.Record(new CounterReading(Noon + Min(1), 10, 10)));
        Read(3, 30, 30);
        Assert.Equal(Tally.Of(30, 30), _series.Over(Hour));
    }

    [Fact]
    public void Repeated_instant_is_a_duplicate_whatever_its_values()
    {
        Read(0, 0, 0);
        Read(1, 10, 10);

        Assert.Equal(SampleOutcome.Duplicate, Read(1, 12, 12));
        Assert.Equal(Tally.Of(10, 10), _series.Over(Hour));
    }

    [Fact]
    public void Reading_after_the_clock_stepped_back_goes_on_counting()
    {
        Read(0, 0, 0);
        Read(30, 300, 300);

        Assert.Equal(SampleOutcome.Counted, Read(1, 310, 310));
        Assert.Equal(SampleOutcome.Counted, Read(2, 320, 320));
        Assert.Equal(Tally.Of(320, 320), _series.Over(Hour));
    }

    [Fact]
    public void Good_counter_that_ran_ahead_of_the_total_is_cut_down()
    {
        Read(0, 0, 0);
        Read(1, 11, 10);

        Assert.Equal(Tally.Of(10, 10), _series.Over(Hour));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Reading_that_is_no_count_changes_nothing(double value)
    {
        Read(0, 0, 0);

        Assert.Equal(SampleOutcome.NotACount, Read(1, 0, value));
        Read(2, 2, 2);
        Assert.Equal(Tally.Of(2, 2), _series.Over(Hour));
    }

    [Fact]
    public void Random_counters_with_resets_gaps_late_and_repeated_readings_lose_no_event()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var series = Series(Noon, Hour);
            var feed = new CounterFeed(series);
            var (good, total, sum, at) = (0L, 0L, Tally.None, Noon);
            feed.Record(new CounterReading(at, 0, 0));
            for (var i = 0; i < 50; i++)
            {
                var before = new CounterReading(at, good, total);
                at += TimeSpan.FromTicks(random.NextInt64(1, random.Next(5) == 0 ? Days(1).Ticks : Min(2).Ticks));
                var isReset = total > 0 && random.Next(8) == 0;
                var more = isReset ? random.NextInt64(0, good) : random.NextInt64(0, 100_000);
                var moreGood = more - random.NextInt64(0, (more / 10) + 1);
                (good, total) = isReset ? (moreGood, more) : (good + moreGood, total + more);
                sum += Tally.Of(moreGood, more);
                series.ResumeAt(at);
                feed.Record(new CounterReading(at, good, total));
                if (random.Next(3) == 0) feed.Record(new CounterReading(at, good + 5, total + 5));
                if (random.Next(3) == 0) feed.Record(before);
            }

            Assert.True(sum == series.OverBudget(), $"seed {seed}: {sum} expected, {series.OverBudget()} counted");
        }
    }

    [Fact]
    public void Baseline_kept_across_a_restart_counts_the_pause()
    {
        Read(0, 100, 100);
        var resumed = new CounterFeed(_series, last: _feed.Last);
        _series.AdvanceTo(Noon + Min(30));

        resumed.Record(new CounterReading(Noon + Min(30), 160, 190));

        Assert.Equal(Tally.Of(60, 90), _series.Over(Hour));
    }
}
