using Cockpit.Domain.Maintenance;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Maintenance;

public class AdjustedBudgetTests
{
    [Fact]
    public void Raw_and_adjusted_budgets_stand_side_by_side()
    {
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var now = start.AddDays(10);
        var objective = new Objective(new Ratio(0.999));
        var slo = new SloDefinition(
            new SloId("api"), "api", null, "API", "", [objective], BudgetingMethod.Occurrences,
            new SloWindow.Rolling(TimeSpan.FromDays(30)), new Indicator.EventRatio("good", null, "all", true));
        var policy = BurnRatePolicy.For(slo.Window, objective.Target, TimeSpan.FromMinutes(1));
        var maintenance = new MaintenanceWindow("m1", "Upgrade", start, new Period(start.AddDays(5), start.AddDays(5).AddHours(1)), []);
        var exclusions = ExclusionPolicy.Standard.Decide([maintenance], slo.Service);
        var series = new SloSeries(SeriesPlan.For(slo, policy), start);
        series.Exclude([.. exclusions.SelectMany(exclusion => exclusion.Counted)]);
        for (var at = start; at < now; at = at.AddMinutes(1))
        {
            series.AdvanceTo(at);
            series.RecordEvents(at, maintenance.Declared.Contains(at) ? 40 : 100, 100);
        }

        series.AdvanceTo(now);

        var assessment = SloAssessment.Of(slo, objective, policy, series, exclusions, [], null, now);

        Assert.Equal((3_600, 14_400 * 100.0), (assessment.Raw.ConsumedEvents, assessment.Raw.Counted.Total));
        Assert.Equal((BudgetState.Exhausted, false), (assessment.Raw.State, assessment.Raw.IsMet));
        Assert.Equal((0, 14_340 * 100.0), (assessment.Adjusted.ConsumedEvents, assessment.Adjusted.Counted.Total));
        Assert.Equal((BudgetState.Untouched, true), (assessment.Adjusted.State, assessment.Adjusted.IsMet));
        Assert.Equal(TimeSpan.FromHours(1), assessment.Adjusted.Excluded);
        Assert.Equal(719 * 0.06, assessment.Adjusted.AllowedTime.TotalMinutes, 1e-6);
        Assert.Equal("m1", Assert.Single(assessment.Exclusions).Window.Id);
    }
}
