using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class ExhaustionTests
{
    private static readonly Ratio Target = new(0.999);

    private static ErrorBudget Half(SloWindow window, DateTimeOffset now) => ErrorBudget.Of(Tally.Of(9_995_000, 10_000_000), Target, window.PeriodAt(now), now);

    [Fact]
    public void Half_a_budget_at_a_burn_of_ten_lasts_a_day_and_a_half_within_its_interval()
    {
        var foretold = Assert.IsType<Exhaustion.Expected>(Exhaustion.Of(Half(Rolling(30), Noon), Rolling(30), Tally.Of(99_000, 100_000), Noon));

        Assert.Equal(1.5, foretold.In.TotalDays, 1e-6);
        Assert.Equal(1.5 * 0.01 / 0.010638, foretold.SoonestIn.TotalDays, 1e-3);
        Assert.Equal(1.5 * 0.01 / 0.009401, foretold.LatestIn!.Value.TotalDays, 1e-3);
    }

    [Fact]
    public void Few_events_give_a_wide_interval_whose_late_end_may_be_open()
    {
        var foretold = Assert.IsType<Exhaustion.Expected>(Exhaustion.Of(Half(Rolling(30), Noon), Rolling(30), Tally.Of(499, 500), Noon));

        Assert.Null(foretold.LatestIn);
        Assert.True(foretold.SoonestIn < foretold.In);
    }

    [Fact]
    public void Rolling_budget_outlasts_a_burn_of_one()
    {
        var foretold = Assert.IsType<Exhaustion.NotAtThisRate>(Exhaustion.Of(Half(Rolling(30), Noon), Rolling(30), Tally.Of(999, 1000), Noon));

        Assert.NotNull(foretold.SoonestIn);
    }

    [Fact]
    public void Calendar_budget_that_reaches_the_months_end_is_not_exhausted()
    {
        var now = Utc("2026-11-16T00:00");
        var quarterSpent = ErrorBudget.Of(Tally.Of(9_995_000, 10_000_000), Target, Month().PeriodAt(now), now);

        Assert.IsType<Exhaustion.NotAtThisRate>(Exhaustion.Of(quarterSpent, Month(), Tally.Of(998_600, 1_000_000), now));
        Assert.IsType<Exhaustion.Expected>(Exhaustion.Of(quarterSpent, Month(), Tally.Of(998_400, 1_000_000), now));
    }

    [Fact]
    public void Exhausted_budget_says_so_whatever_the_burn()
    {
        var spent = ErrorBudget.Of(Tally.Of(0, 10), Target, Rolling(30).PeriodAt(Noon), Noon);

        Assert.Equal(new Exhaustion.Already(), Exhaustion.Of(spent, Rolling(30), Tally.None, Noon));
    }

    [Fact]
    public void Too_few_events_foretell_nothing() =>
        Assert.Equal(new Exhaustion.TooFewEvents(9, 10), Exhaustion.Of(Half(Rolling(30), Noon), Rolling(30), Tally.Of(0, 9), Noon, 10));

    [Fact]
    public void Interval_of_no_failure_in_a_hundred_reaches_three_point_seven_percent()
    {
        var (low, high) = Exhaustion.BadShareInterval(Tally.Of(100, 100));

        Assert.Equal(0, low, 1e-12);
        Assert.Equal(0.0369935, high, 1e-7);
    }
}
