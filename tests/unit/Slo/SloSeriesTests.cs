using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class SloSeriesTests
{
    private readonly SloSeries _series = Series(Noon, Min(5), Hour);

    [Fact]
    public void Events_are_counted_in_every_window_that_holds_them()
    {
        _series.RecordEvents(Noon, 9, 10);
        _series.AdvanceTo(Noon + Min(20));
        _series.RecordEvents(Noon + Min(20), 4, 5);

        Assert.Equal(Tally.Of(4, 5), _series.Over(Min(5)));
        Assert.Equal(Tally.Of(13, 15), _series.Over(Hour));
        Assert.Equal(Tally.Of(13, 15), _series.OverBudget());
        Assert.Equal((Noon, Noon + Min(20)), (_series.FirstSampleAt, _series.LastSampleAt));
    }

    [Fact]
    public void Window_the_plan_does_not_keep_is_refused() => Assert.Throws<ArgumentException>(() => _series.Over(Min(7)));

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(5, 5.99, true)]
    [InlineData(5, 6, false)]
    [InlineData(60, 60.99, true)]
    [InlineData(60, 61, false)]
    [InlineData(30 * 1440, 30 * 1440, true)]
    [InlineData(30 * 1440, (30 * 1440) + 14.99, true)]
    [InlineData(30 * 1440, (30 * 1440) + 15, false)]
    public void Event_counts_for_its_window_and_less_than_one_bucket_longer(double window, double age, bool counted)
    {
        _series.RecordEvents(Noon, 0, 1);
        _series.ResumeAt(Noon + Min(age));

        Assert.Equal(counted ? 1 : 0, _series.Over(Min(window)).Total);
    }

    [Fact]
    public void Zero_traffic_is_seen_but_has_no_ratio()
    {
        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon, 0, 0));

        Assert.Equal(Tally.None, _series.Over(Hour));
        Assert.Null(_series.Over(Hour).GoodShare);
        Assert.Equal(Noon, _series.LastSampleAt);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    public void Sample_that_is_no_count_is_refused(double good, double total)
    {
        Assert.Equal(SampleOutcome.NotACount, _series.RecordEvents(Noon, good, total));

        Assert.Equal(Tally.None, _series.Over(Hour));
        Assert.Equal(new SeriesDiagnostics { Invalid = 1 }, _series.Diagnostics);
    }

    [Fact]
    public void Sample_larger_than_a_series_can_hold_is_refused_before_a_sum_overflows()
    {
        Assert.Equal(SampleOutcome.TooMany, _series.RecordEvents(Noon, 1e300, 1e300));
        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon, 0, Tally.MaxEvents));
        Assert.Equal(SampleOutcome.TooMany, _series.RecordEvents(Noon + Min(1), 0, 1));

        Assert.Equal(Tally.MaxEvents, _series.OverBudget().Total);
    }

    [Fact]
    public void Good_events_above_the_total_are_cut_down_to_it()
    {
        _series.RecordEvents(Noon, 11, 10);

        Assert.Equal(Tally.Of(10, 10), _series.Over(Hour));
        Assert.Equal(1, _series.Diagnostics.Clamped);
    }

    [Fact]
    public void Sample_of_an_instant_already_counted_is_a_duplicate_even_when_late()
    {
        _series.RecordEvents(Noon, 1, 1);
        _series.RecordEvents(Noon + Min(1), 1, 1);

        Assert.Equal(SampleOutcome.Duplicate, _series.RecordEvents(Noon, 5, 5));
        Assert.Equal(SampleOutcome.Duplicate, _series.RecordEvents(Noon + Min(1), 5, 5));
        Assert.Equal(Tally.Of(2, 2), _series.Over(Hour));
    }

    [Fact]
    public void Late_sample_counts_where_it_belongs()
    {
        _series.AdvanceTo(Noon + Min(10));
        _series.RecordEvents(Noon + Min(10), 1, 1);

        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon + Min(2), 0, 7));

        Assert.Equal(Tally.Of(1, 1), _series.Over(Min(5)));
        Assert.Equal(Tally.Of(1, 8), _series.Over(Hour));
        _series.AdvanceTo(Noon + Min(63));
        Assert.Equal(Tally.Of(1, 1), _series.Over(Hour));
        Assert.Equal(Tally.Of(1, 8), _series.OverBudget());
    }

    [Fact]
    public void Sample_older_than_the_newest_thirty_two_is_late()
    {
        for (var i = 1; i <= 32; i++) _series.RecordEvents(Noon + TimeSpan.FromSeconds(i), 1, 1);

        Assert.Equal(SampleOutcome.Late, _series.RecordEvents(Noon, 1, 1));
        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon + TimeSpan.FromSeconds(1.5), 1, 1));
        Assert.Equal(SampleOutcome.Late, _series.RecordEvents(Noon + TimeSpan.FromSeconds(1.2), 1, 1));
        Assert.Equal(33, _series.Over(Hour).Total);
    }

    [Fact]
    public void Sample_from_the_future_is_refused_and_the_history_stays()
    {
        _series.RecordEvents(Noon, 1, 1);

        Assert.Equal(SampleOutcome.Future, _series.RecordEvents(Noon + Days(400), 1, 1));
        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon + SloSeries.FutureTolerance, 1, 1));
        Assert.Equal(2, _series.Over(Hour).Total);
    }

    [Fact]
    public void Clock_that_steps_back_leaves_the_windows_sighted()
    {
        _series.AdvanceTo(Noon + Hour);
        _series.RecordEvents(Noon + Hour, 1, 1);

        Assert.Equal(ClockOutcome.WaitingForClock, _series.AdvanceTo(Noon));
        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon + TimeSpan.FromSeconds(5), 0, 3));

        Assert.Equal(Tally.Of(1, 4), _series.Over(Min(5)));
        Assert.Equal(ClockOutcome.WaitingForClock, _series.AdvanceTo(Noon + Min(30)));
        Assert.Equal(ClockOutcome.Followed, _series.AdvanceTo(Noon + Hour + Min(1)));
        Assert.Equal(1, _series.Diagnostics.ClockStepsBack);
        Assert.Equal(Tally.Of(1, 4), _series.Over(Min(5)));
    }

    [Fact]
    public void Clock_that_jumps_a_year_ahead_for_a_moment_costs_no_history()
    {
        _series.RecordEvents(Noon, 1, 2);

        Assert.Equal(ClockOutcome.AwaitingConfirmation, _series.AdvanceTo(Noon + Days(365)));
        Assert.Equal(ClockOutcome.AwaitingConfirmation, _series.AdvanceTo(Noon + Days(365) + Min(0.5)));
        Assert.Equal(ClockOutcome.Followed, _series.AdvanceTo(Noon + Min(1)));

        Assert.Equal(Tally.Of(1, 2), _series.Over(Hour));
    }

    [Fact]
    public void Clock_that_stays_ahead_is_believed_after_a_minute()
    {
        _series.RecordEvents(Noon, 1, 2);
        for (var second = 0; second < 60; second++)
            Assert.Equal(ClockOutcome.AwaitingConfirmation, _series.AdvanceTo(Noon + Days(2) + TimeSpan.FromSeconds(second)));

        Assert.Equal(ClockOutcome.Followed, _series.AdvanceTo(Noon + Days(2) + Min(1)));

        Assert.Equal(Tally.None, _series.Over(Hour));
        Assert.Equal(Tally.Of(1, 2), _series.OverBudget());
    }

    [Fact]
    public void Clock_that_stays_days_behind_restarts_the_series_empty()
    {
        _series.RecordEvents(Noon, 1, 2);

        _series.AdvanceTo(Noon - Days(9));
        Assert.Equal(Tally.Of(1, 2), _series.OverBudget());
        Assert.Equal(ClockOutcome.Followed, _series.AdvanceTo(Noon - Days(9) + Min(1)));

        Assert.Equal(Tally.None, _series.OverBudget());
        Assert.Equal(SampleOutcome.Counted, _series.RecordEvents(Noon - Days(9) + Min(1), 1, 1));
        Assert.Equal(1, _series.Over(Min(5)).Total);
    }

    [Fact]
    public void Calendar_budget_starts_anew_with_its_period_and_takes_late_samples_of_it_only()
    {
        var series = new SloSeries(new SeriesPlan(Month("Europe/Berlin"), [Hour]), Utc("2026-10-31T22:58"));
        series.RecordEvents(Utc("2026-10-31T22:59:59"), 0, 5);
        Assert.Equal(5, series.OverBudget().Total);

        series.AdvanceTo(Utc("2026-10-31T23:00"));
        series.RecordEvents(Utc("2026-10-31T23:00"), 1, 1);
        series.AdvanceTo(Utc("2026-10-31T23:20"));
        series.RecordEvents(Utc("2026-10-31T22:59:00"), 0, 100);
        series.RecordEvents(Utc("2026-10-31T23:01:00"), 1, 1);

        Assert.Equal(Tally.Of(2, 2), series.OverBudget());
        Assert.Equal(107, series.Over(Hour).Total);
    }

    [Fact]
    public void Fractions_are_kept_exactly_beside_whole_counts()
    {
        _series.RecordEvents(Noon, 0.25, 0.5);
        _series.AdvanceTo(Noon + Min(1));
        _series.RecordEvents(Noon + Min(1), 5_000_000_000, 5_000_000_000);
        _series.AdvanceTo(Noon + Min(2));

        Assert.Equal(Tally.Of(5_000_000_000.25, 5_000_000_000.5), _series.Over(Hour));
        _series.AdvanceTo(Noon + Hour * 2);
        Assert.Equal(Tally.None, _series.Over(Hour));
    }

    [Fact]
    public void History_adds_up_to_the_window()
    {
        for (var minute = 0; minute < 180; minute++)
        {
            _series.AdvanceTo(Noon + Min(minute));
            _series.RecordEvents(Noon + Min(minute), 1, 2);
        }

        var hours = _series.History(Noon, Hour);

        Assert.Equal(
            [new HistoryStep(Noon, Tally.Of(60, 120)), new HistoryStep(Noon + Hour, Tally.Of(60, 120)), new HistoryStep(Noon + (Hour * 2), Tally.Of(60, 120))],
            hours.AsEnumerable());
        Assert.Equal(180, _series.History(Noon, Min(1)).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _series.History(Noon - Days(9), Min(1)));
    }
}
