using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Alerts;

public class BurnAlertTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly SloWindow Month = new SloWindow.Rolling(TimeSpan.FromDays(30));
    private static readonly Ratio Target = new(0.999);
    private static readonly SloId Id = new("api");

    private static BurnRatePolicy Policy(double minimumEvents = 0, double keepMinutes = 0) =>
        BurnRatePolicy.For(Month, Target, TimeSpan.FromMinutes(1), minimumEvents, TimeSpan.FromMinutes(keepMinutes));

    private static ImmutableArray<BurnAlert> Evaluate(
        BurnRatePolicy policy, double longBurn, double shortBurn, ImmutableArray<BurnAlert> before = default, double minute = 0, string? stale = null) =>
        BurnAlert.Evaluate(
            Id, policy, Target,
            window => Bad(window == TimeSpan.FromHours(1) ? longBurn : window == TimeSpan.FromMinutes(5) ? shortBurn : 0),
            before.IsDefault ? [] : before, stale, T0.AddMinutes(minute));

    private static Tally Bad(double burn) => Tally.Of(1_000_000 - (burn * 1000), 1_000_000);

    [Theory]
    [InlineData(15, 15, true)]
    [InlineData(15, 14, false)]
    [InlineData(14, 15, false)]
    [InlineData(14.4, 15, false)]
    [InlineData(14.401, 14.401, true)]
    public void Tier_burns_when_both_windows_exceed_its_factor(double longBurn, double shortBurn, bool burns)
    {
        var alert = Evaluate(Policy(), longBurn, shortBurn)[0];

        Assert.Equal(burns ? AlertPhase.Firing : AlertPhase.Inactive, alert.Progress.Phase);
        Assert.Equal((Severity.P1, burns), (alert.Severity, alert.Burns));
    }

    [Fact]
    public void Tier_with_too_few_events_does_not_burn_and_says_so()
    {
        var alert = Evaluate(Policy(minimumEvents: 1_000_001), 15, 15)[0];

        Assert.Equal((false, false, 1_000_000), (alert.HasEnoughEvents, alert.Burns, alert.Events));
    }

    [Fact]
    public void Tier_kept_firing_outlives_its_burn_by_that_time()
    {
        var policy = Policy(keepMinutes: 10);
        var firing = Evaluate(policy, 15, 15);
        var kept = Evaluate(policy, 15, 1, Evaluate(policy, 15, 1, firing, 1), 10.9);

        Assert.True(kept[0].Progress.IsKeptFiring);
        Assert.Equal(AlertPhase.Resolved, Evaluate(policy, 15, 1, kept, 11)[0].Progress.Phase);
    }

    [Fact]
    public void Stale_series_neither_starts_nor_ends_a_burn()
    {
        Assert.Equal(AlertPhase.Inactive, Evaluate(Policy(), 15, 15, stale: "no sample for an hour")[0].Progress.Phase);
        Assert.Equal(AlertPhase.Firing, Evaluate(Policy(), 0, 0, Evaluate(Policy(), 15, 15), 5, "no sample for an hour")[0].Progress.Phase);
    }

    [Fact]
    public void Target_of_one_hundred_percent_has_no_burn_alert()
    {
        var policy = BurnRatePolicy.For(Month, Ratio.One, TimeSpan.FromMinutes(1));

        Assert.Empty(BurnAlert.Evaluate(Id, policy, Ratio.One, _ => Tally.Of(0, 1), [], null, T0));
    }

    [Fact]
    public void Outage_pages_within_its_detection_time_and_resolves_after_the_short_window()
    {
        var policy = Policy();
        var series = new SloSeries(new SeriesPlan(Month, policy.Accepted.SelectMany(tier => new[] { tier.LongWindow, tier.ShortWindow })), T0.AddDays(-1));
        ImmutableArray<BurnAlert> alerts = [];
        var changes = new List<(double Minute, AlertPhase Phase)>();
        for (var minute = -1440; minute <= 60; minute++)
        {
            var at = T0.AddMinutes(minute);
            series.AdvanceTo(at);
            var before = alerts.IsEmpty ? AlertPhase.Inactive : alerts[0].Progress.Phase;
            alerts = BurnAlert.Evaluate(Id, policy, Target, series.Over, alerts, null, at);
            if (alerts[0].Progress.Phase != before) changes.Add((minute, alerts[0].Progress.Phase));
            series.RecordEvents(at, minute is >= 0 and < 10 ? 0 : 1000, 1000);
        }

        Assert.Equal([(1, AlertPhase.Firing), (15, AlertPhase.Resolved), (30, AlertPhase.Inactive)], changes);
    }
}
