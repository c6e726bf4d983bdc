using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class MonthlyComplianceTests
{
    private static MonthlyStanding Standing(string id, double target, Tally tally, string? unknown = null)
    {
        var objective = new Objective(new Ratio(target));
        var slo = new SloDefinition(
            new SloId(id), "api", null, id, "", [objective], BudgetingMethod.Occurrences, Month(), new Indicator.EventRatio("good", null, "all", true));
        return MonthlyStanding.Of(slo, objective, tally, unknown);
    }

    [Fact]
    public void Compliance_is_met_of_evaluated_with_the_unevaluated_named()
    {
        var compliance = MonthlyCompliance.Of(
            Month().PeriodAt(Noon),
            [
                Standing("a", 0.99, Tally.Of(99, 100)),
                Standing("b", 0.99, Tally.Of(98, 100)),
                Standing("c", 0.99, Tally.None),
                Standing("d", 1, Tally.Of(100, 100)),
                Standing("e", 0.99, Tally.Of(100, 100), "Prometheus does not answer"),
            ]);

        Assert.Equal(new Ratio(2 / 3.0), compliance.Share);
        Assert.Equal(["a", "d"], compliance.Met.Select(standing => standing.Slo.Value));
        Assert.Equal(["b"], compliance.Missed.Select(standing => standing.Slo.Value));
        Assert.Equal(
            [("c", "nothing was counted this month"), ("e", "Prometheus does not answer")],
            compliance.Unevaluated.Select(standing => (standing.Slo.Value, standing.UnevaluatedBecause)));
    }

    [Fact]
    public void Compliance_of_nothing_evaluated_is_unknown() => Assert.Null(MonthlyCompliance.Of(Month().PeriodAt(Noon), []).Share);
}
