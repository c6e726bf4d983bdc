using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class ErrorBudgetTests
{
    [Theory]
    [InlineData(0.9995, 30, 21.6)]
    [InlineData(0.9999, 30, 4.32)]
    [InlineData(0.999, 30, 43.2)]
    [InlineData(0.995, 30, 216)]
    [InlineData(0.999, 1 / 24.0, 0.06)]
    [InlineData(0.999, 7, 10.08)]
    [InlineData(0.9995, 28, 20.16)]
    [InlineData(0.9995, 90, 64.8)]
    [InlineData(0.95, 90, 6480)]
    [InlineData(0, 1, 1440)]
    public void Budget_of_a_rolling_window_allows_the_known_minutes(double target, double days, double minutes)
    {
        var budget = ErrorBudget.Of(Tally.None, new Ratio(target), Rolling(days).PeriodAt(Noon), Noon);

        Assert.Equal(minutes, budget.AllowedTime.TotalMinutes, 1e-6);
        Assert.Equal(BudgetState.NoTraffic, budget.State);
    }

    [Theory]
    [InlineData("UTC", "2028-02-29T12:00", 29 * 1440)]
    [InlineData("UTC", "2027-02-28T12:00", 28 * 1440)]
    [InlineData("Europe/Berlin", "2026-03-31T12:00", (31 * 1440) - 60)]
    [InlineData("Europe/Berlin", "2026-10-31T12:00", (31 * 1440) + 60)]
    public void Budget_of_a_calendar_month_is_that_of_its_true_length(string zone, string now, double minutes)
    {
        var budget = ErrorBudget.Of(Tally.None, new Ratio(0.9995), Month(zone).PeriodAt(Utc(now)), Utc(now));

        Assert.Equal(minutes * 0.0005, budget.AllowedTime.TotalMinutes, 1e-6);
    }

    [Fact]
    public void Budget_in_events_and_minutes_is_consumed_in_the_same_share()
    {
        var budget = ErrorBudget.Of(Tally.Of(999_750, 1_000_000), new Ratio(0.9995), Rolling(30).PeriodAt(Noon), Noon);

        Assert.Equal(500, budget.AllowedEvents, 1e-6);
        Assert.Equal(250, budget.ConsumedEvents);
        Assert.Equal(250, budget.RemainingEvents, 1e-6);
        Assert.Equal(10.8, budget.ConsumedTime.TotalMinutes, 1e-6);
        Assert.Equal(10.8, budget.RemainingTime.TotalMinutes, 1e-6);
        Assert.Equal(0.5, budget.ConsumedShare, 1e-9);
        Assert.Equal((BudgetState.Spending, true), (budget.State, budget.IsMet));
    }

    [Fact]
    public void Calendar_budget_a_third_into_the_month_has_spent_a_third_at_a_burn_of_one()
    {
        var now = Utc("2026-11-11T00:00");

        var budget = ErrorBudget.Of(Tally.Of(9_990, 10_000), new Ratio(0.999), Month().PeriodAt(now), now);

        Assert.Equal(1 / 3.0, budget.ConsumedShare, 1e-9);
        Assert.Equal(30, budget.AllowedEvents, 1e-6);
        Assert.Equal(43.2, budget.AllowedTime.TotalMinutes, 1e-6);
        Assert.Equal(14.4, budget.ConsumedTime.TotalMinutes, 1e-6);
    }

    [Fact]
    public void Budget_spent_to_the_last_event_is_exhausted_and_still_met()
    {
        var budget = ErrorBudget.Of(Tally.Of(999, 1_000), new Ratio(0.999), Rolling(30).PeriodAt(Noon), Noon);

        Assert.Equal((BudgetState.Exhausted, true), (budget.State, budget.IsMet));
    }

    [Fact]
    public void Budget_overspent_goes_below_zero()
    {
        var budget = ErrorBudget.Of(Tally.Of(980, 1_000), new Ratio(0.99), Rolling(30).PeriodAt(Noon), Noon);

        Assert.Equal(-1, budget.RemainingShare, 1e-9);
        Assert.Equal(-10, budget.RemainingEvents, 1e-6);
        Assert.Equal(-432, budget.RemainingTime.TotalMinutes, 1e-6);
        Assert.Equal((BudgetState.Exhausted, false), (budget.State, budget.IsMet));
    }

    [Theory]
    [InlineData(1000, BudgetState.Untouched, 0, true)]
    [InlineData(999, BudgetState.Exhausted, 1, false)]
    public void Target_of_one_hundred_percent_is_missed_by_the_first_bad_event(double good, BudgetState state, double consumed, bool met)
    {
        var budget = ErrorBudget.Of(Tally.Of(good, 1000), Ratio.One, Rolling(30).PeriodAt(Noon), Noon);

        Assert.Equal((state, consumed, met), (budget.State, budget.ConsumedShare, budget.IsMet));
        Assert.Equal(TimeSpan.Zero, budget.AllowedTime);
    }

    [Fact]
    public void Target_of_one_hundred_percent_is_missed_by_one_event_among_a_billion()
    {
        var budget = ErrorBudget.Of(Tally.Of(99_999_999_999, 100_000_000_000), Ratio.One, Rolling(30).PeriodAt(Noon), Noon);

        Assert.False(budget.IsMet);
    }

    [Fact]
    public void Zero_traffic_is_neither_met_nor_missed_and_costs_nothing()
    {
        var budget = ErrorBudget.Of(Tally.None, new Ratio(0.999), Rolling(30).PeriodAt(Noon), Noon);

        Assert.Null(budget.IsMet);
        Assert.Null(budget.Compliance);
        Assert.Equal((0, 1.0, TimeSpan.Zero), (budget.ConsumedShare, budget.RemainingShare, budget.ConsumedTime));
    }

    [Fact]
    public void Excluded_time_shortens_the_period_that_the_budget_is_taken_of()
    {
        var budget = ErrorBudget.Of(Tally.Of(999, 1000), new Ratio(0.999), Rolling(30).PeriodAt(Noon), Noon, Hour * 4, Hour * 4);

        Assert.Equal(716 * 0.06, budget.AllowedTime.TotalMinutes, 1e-6);
        Assert.Equal(1, budget.ConsumedShare, 1e-9);
    }

    [Theory]
    [InlineData(0.9995, 14.4)]
    [InlineData(0.9, 1)]
    public void Burn_rate_is_the_bad_share_over_the_allowed_share(double target, double burn)
    {
        var bad = burn * (1 - target) * 1e6;

        Assert.Equal(burn, BurnRate.Of(Tally.Of(1e6 - bad, 1e6), new Ratio(target)).Value!.Value, 1e-6);
    }

    [Fact]
    public void Burn_rate_without_traffic_or_without_a_budget_is_unknown_with_the_reason()
    {
        Assert.Equal(new BurnRate(null, BurnUnknown.NoTraffic), BurnRate.Of(Tally.None, new Ratio(0.9)));
        Assert.Equal(new BurnRate(null, BurnUnknown.NoBudget), BurnRate.Of(Tally.Of(1, 2), Ratio.One));
    }

    [Fact]
    public void Burn_rate_equal_to_the_factor_does_not_exceed_it()
    {
        var burn = BurnRate.Of(Tally.Of(1_000_000 - 7_200, 1_000_000), new Ratio(0.9995));

        Assert.False(burn.Exceeds(14.4));
        Assert.True(burn.Exceeds(14.399));
    }
}
