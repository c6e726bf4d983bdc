using Cockpit.Domain.Impact;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Impact;

public class RevenueImpactTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Period Month = new(T0, T0.AddDays(30));
    private static readonly ImpactAssumptions Assumptions = new(12_000, "EUR", new Ratio(0.25), ["An average hour of last quarter."]);

    private static Outage Outage(double fromHour, double toHour, double share, bool ongoing = false) =>
        new(new Period(T0.AddHours(fromHour), T0.AddHours(toHour)), new Ratio(share), ongoing, "incident");

    [Fact]
    public void Downtime_costs_its_length_times_the_affected_share_less_what_comes_back()
    {
        var impact = RevenueImpact.Of([Outage(10, 10.5, 0.4)], Month, Assumptions);

        Assert.Equal(new RevenueImpact(1_800, 0, TimeSpan.FromMinutes(12), Ratio.Zero, Month, Assumptions), impact);
    }

    [Fact]
    public void Outages_that_overlap_count_once_with_the_larger_share()
    {
        var impact = RevenueImpact.Of([Outage(10, 12, 0.5), Outage(11, 13, 1)], Month, Assumptions);

        Assert.Equal(TimeSpan.FromHours(2.5), impact.Downtime);
    }

    [Fact]
    public void Ongoing_outage_puts_each_further_hour_at_risk()
    {
        var impact = RevenueImpact.Of([Outage(10, 11, 0.1, ongoing: true), Outage(10.5, 11, 0.3, ongoing: true)], Month, Assumptions);

        Assert.Equal((3_600m, new Ratio(0.3)), (impact.AtRiskPerHour, impact.Affected));
    }

    [Fact]
    public void Outage_outside_the_period_costs_it_nothing()
    {
        var impact = RevenueImpact.Of([Outage(-2, 1, 1), Outage(-9, -8, 1)], Month, Assumptions);

        Assert.Equal((9_000m, TimeSpan.FromHours(1)), (impact.Lost, impact.Downtime));
    }

    [Fact]
    public void Nothing_down_costs_nothing() => Assert.Equal(0, RevenueImpact.Of([], Month, Assumptions).Lost);
}
