using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class BurnRatePolicyTests
{
    private static readonly TimeSpan EverySecond = TimeSpan.FromSeconds(1);

    [Fact]
    public void Policy_of_thirty_days_is_the_workbooks_table()
    {
        var tiers = BurnRatePolicy.TiersFor(Rolling(30));

        Assert.Equal(
            [
                new BurnRateTier(14.4, Hour, Min(5), new Ratio(0.02), BurnUrgency.Page),
                new BurnRateTier(6, Hour * 6, Min(30), new Ratio(0.05), BurnUrgency.Page),
                new BurnRateTier(3, Days(1), Hour * 2, new Ratio(0.1), BurnUrgency.Ticket),
                new BurnRateTier(1, Days(3), Hour * 6, new Ratio(0.1), BurnUrgency.Ticket),
            ],
            tiers.Select(tier => tier with { Factor = Math.Round(tier.Factor, 9) }));
    }

    [Theory]
    [InlineData(30, new[] { 14.4, 6, 3, 1 })]
    [InlineData(28, new[] { 13.44, 5.6, 2.8, 0.933333333 })]
    public void Factor_is_the_budget_share_times_the_period_over_the_long_window(double days, double[] factors)
    {
        var shares = new[] { 0.02, 0.05, 0.1, 0.1 };
        var windows = new[] { Hour, Hour * 6, Days(1), Days(3) };

        for (var i = 0; i < factors.Length; i++)
            Assert.Equal(factors[i], BurnRateTier.FactorOf(new Ratio(shares[i]), Days(days), windows[i]), 1e-9);
    }

    [Theory]
    [InlineData(7, new[] { 14, 70.0 / 60, 84, 7, 336, 28, 1008, 84 })]
    [InlineData(28, new[] { 56, 280.0 / 60, 336, 28, 1344, 112, 4032, 336 })]
    [InlineData(90, new[] { 180.0, 15, 1080, 90, 4320, 360, 12960, 1080 })]
    public void Windows_scale_with_the_period_and_factors_and_shares_stay(double days, double[] minutes)
    {
        var tiers = BurnRatePolicy.TiersFor(Rolling(days));

        for (var i = 0; i < tiers.Length; i++)
        {
            Assert.Equal(minutes[2 * i], tiers[i].LongWindow.TotalMinutes, 1e-9);
            Assert.Equal(minutes[(2 * i) + 1], tiers[i].ShortWindow.TotalMinutes, 1e-9);
            Assert.Equal(tiers[i].Factor, BurnRateTier.FactorOf(tiers[i].BudgetShare, Days(days), tiers[i].LongWindow), 1e-9);
        }
    }

    [Fact]
    public void Policy_of_one_hour_has_no_tier_that_two_samples_fit_in()
    {
        var policy = BurnRatePolicy.For(new SloWindow.Rolling(Hour), new Ratio(0.999), EverySecond);

        Assert.Empty(policy.Accepted);
        Assert.Equal([5 / 12.0, 2.5, 10, 30], policy.Refused.Select(each => Math.Round(each.Tier.ShortWindow.TotalSeconds, 6)), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.All(policy.Refused, each => Assert.IsType<TierRefusal.TooFine>(each.Refusal));
    }

    [Fact]
    public void Policy_of_seven_days_refuses_only_the_tier_whose_short_window_is_seventy_seconds()
    {
        var policy = BurnRatePolicy.For(Rolling(7), new Ratio(0.999), EverySecond);

        Assert.Equal([6, 3, 1], policy.Accepted.Select(tier => (int)Math.Round(tier.Factor)));
        var refused = Assert.Single(policy.Refused);
        Assert.Equal("Its short window of 70 s holds fewer than two samples, which are 60 s apart.", refused.Refusal.Reason);
    }

    [Theory]
    [InlineData(150, 4)]
    [InlineData(151, 3)]
    public void Short_window_holds_exactly_two_samples_or_is_refused(double seconds, int accepted)
    {
        var policy = BurnRatePolicy.For(Rolling(30), new Ratio(0.999), TimeSpan.FromSeconds(seconds));

        Assert.Equal(accepted, policy.Accepted.Length);
    }

    [Theory]
    [InlineData(0.9, 3)]
    [InlineData(0.5, 1)]
    [InlineData(0, 0)]
    [InlineData(1 - (1 / 14.4), 3)]
    [InlineData(0.9306, 4)]
    public void Factor_that_the_target_can_never_exceed_is_refused(double target, int accepted)
    {
        var policy = BurnRatePolicy.For(Rolling(30), new Ratio(target), EverySecond);

        Assert.Equal(accepted, policy.Accepted.Length);
        Assert.All(policy.Refused, each => Assert.IsType<TierRefusal.Unreachable>(each.Refusal));
    }

    [Fact]
    public void Unreachable_tier_says_how_far_the_burn_rate_can_go()
    {
        var policy = BurnRatePolicy.For(Rolling(30), new Ratio(0.9), EverySecond);

        Assert.Equal("At this target the burn rate never exceeds 10, so a factor of 14.4 can never be passed.", policy.Refused[0].Refusal.Reason);
    }

    [Fact]
    public void Target_of_one_hundred_percent_has_no_tier()
    {
        var policy = BurnRatePolicy.For(Rolling(30), Ratio.One, EverySecond);

        Assert.Empty(policy.Accepted);
        Assert.All(policy.Refused, each => Assert.IsType<TierRefusal.NoBudget>(each.Refusal));
    }

    [Fact]
    public void Calendar_month_scales_by_thirty_days_whatever_the_month() =>
        Assert.Equal(BurnRatePolicy.TiersFor(Rolling(30)).AsEnumerable(), BurnRatePolicy.TiersFor(Month("Europe/Berlin")));
}
