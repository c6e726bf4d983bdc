using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class SliceFeedTests
{
    private readonly SloSeries _series = Series(Noon, Min(5), Hour);

    private SliceFeed Feed(BudgetingMethod method, double minutes = 1, double target = 0.95) =>
        new(_series, method, Min(minutes), new Ratio(target));

    private void At(SliceFeed feed, double minute, double good, double total)
    {
        _series.AdvanceTo(Noon + Min(minute));
        feed.Record(Noon + Min(minute), good, total);
    }

    [Fact]
    public void Slice_is_good_when_its_share_reaches_the_target()
    {
        var feed = Feed(BudgetingMethod.Timeslices);

        At(feed, 0, 95, 100);
        At(feed, 1, 94, 100);
        At(feed, 1.5, 94, 100);
        At(feed, 2, 9_500, 10_000);
        _series.AdvanceTo(Noon + Min(3));
        feed.CloseUpTo(Noon + Min(3));

        Assert.Equal(Tally.Of(2, 3), _series.Over(Hour));
    }

    [Fact]
    public void Ratio_slices_weigh_the_same_whatever_their_traffic()
    {
        var feed = Feed(BudgetingMethod.RatioTimeslices);

        At(feed, 0, 1, 1);
        At(feed, 1, 500, 1000);
        feed.CloseUpTo(Noon + Min(2));

        Assert.Equal(Tally.Of(1.5, 2), _series.Over(Hour));
    }

    [Fact]
    public void Slice_without_traffic_is_good_and_one_never_observed_counts_neither_way()
    {
        var feed = Feed(BudgetingMethod.Timeslices);

        At(feed, 0, 0, 0);
        At(feed, 7, 0, 5);
        feed.CloseUpTo(Noon + Min(8));

        Assert.Equal(Tally.Of(1, 2), _series.Over(Hour));
    }

    [Fact]
    public void Slice_still_open_does_not_count_yet()
    {
        var feed = Feed(BudgetingMethod.Timeslices, minutes: 5);

        At(feed, 1, 0, 1);
        feed.CloseUpTo(Noon + Min(4.99));
        Assert.Equal(Tally.None, _series.Over(Hour));

        feed.CloseUpTo(Noon + Min(5));
        Assert.Equal(Tally.Of(0, 1), _series.Over(Hour));
    }

    [Fact]
    public void Sample_of_a_closed_slice_is_late_and_a_repeated_one_a_duplicate()
    {
        var feed = Feed(BudgetingMethod.Timeslices);
        At(feed, 0, 1, 1);
        At(feed, 1, 1, 1);

        Assert.Equal(SampleOutcome.Duplicate, feed.Record(Noon + Min(1), 0, 9));
        Assert.Equal(SampleOutcome.Late, feed.Record(Noon + Min(0.5), 0, 9));
        feed.CloseUpTo(Noon + Min(2));

        Assert.Equal(Tally.Of(2, 2), _series.Over(Hour));
    }

    [Theory]
    [InlineData(70, true)]
    [InlineData(70.1, false)]
    [InlineData(double.NaN, null)]
    public void Gauge_keeps_the_bound_of_its_objective_before_that_of_its_indicator(double figure, bool? keeps)
    {
        var objective = new Objective(new Ratio(0.99), Value: 70);
        var slo = new SloDefinition(
            new SloId("cpu"), "api", null, "CPU", "", [objective], BudgetingMethod.Timeslices, Rolling(30),
            new Indicator.Threshold("cpu", Comparison.LessOrEqual, 80, "%"));

        Assert.Equal(keeps, slo.KeepsBound(objective, figure));
    }

    [Fact]
    public void Gauge_is_good_for_as_many_looks_as_it_keeps_its_bound()
    {
        var feed = Feed(BudgetingMethod.Timeslices, target: 0.5);

        for (var second = 0; second < 60; second += 15) feed.Record(Noon + TimeSpan.FromSeconds(second), keepsBound: second < 30);
        feed.CloseUpTo(Noon + Min(1));

        Assert.Equal(Tally.Of(1, 1), _series.Over(Hour));
    }

    [Fact]
    public void Minutes_of_bad_slices_are_the_minutes_consumed()
    {
        var feed = Feed(BudgetingMethod.Timeslices);
        for (var minute = 0; minute < 43_200; minute++) At(feed, minute, minute < 100 ? 0 : 1, 1);
        var end = Noon + Days(30);
        _series.AdvanceTo(end);
        feed.CloseUpTo(end);

        var budget = ErrorBudget.Of(_series.OverBudget(), new Ratio(0.995), Rolling(30).PeriodAt(end), end);

        Assert.Equal(100, budget.ConsumedTime.TotalMinutes, 1e-6);
        Assert.Equal(216, budget.AllowedTime.TotalMinutes, 1e-6);
    }

    [Fact]
    public void Method_that_counts_events_makes_no_slices() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Feed(BudgetingMethod.Occurrences));
}
