using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Alerts;

public class AlertStatusTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule HighErrorRate = new(
        "HighErrorRate", "errors > 0.01", new AlertCondition(Comparison.GreaterThan, 0.01), TimeSpan.FromMinutes(2), TimeSpan.Zero,
        new LabelSet(("severity", "critical")), LabelSet.Empty);

    private static AlertReading Figures(params (string Instance, double Value)[] figures) => new AlertReading.Answered(
        [.. figures.Select(figure => new LabelledValue(new LabelSet(("__name__", "errors"), ("instance", figure.Instance)), figure.Value))]);

    private static AlertStatus Run(AlertRule rule, params (double Minute, AlertReading Reading)[] readings) =>
        readings.Aggregate(AlertStatus.NeverEvaluated(rule), (status, each) => status.Next(each.Reading, T0.AddMinutes(each.Minute)));

    private static LabelSet Labels(string instance) =>
        new(("alertname", "HighErrorRate"), ("instance", instance), ("severity", "critical"));

    [Fact]
    public void Alert_waits_for_its_time_and_then_fires()
    {
        var pending = Run(HighErrorRate, (0, Figures(("a", 0.02))), (1.99, Figures(("a", 0.03))));
        var firing = pending.Next(Figures(("a", 0.04)), T0.AddMinutes(2));

        Assert.Equal(AlertPhase.Pending, pending.Phase);
        Assert.Equal(
            [
                new Alert(
                    "HighErrorRate", Labels("a"), Severity.P1,
                    new AlertProgress(AlertPhase.Firing, T0, T0.AddMinutes(2), null, null), 0.04),
            ],
            firing.Alerts.AsEnumerable());
    }

    [Fact]
    public void Pending_alert_that_ends_starts_over()
    {
        var status = Run(HighErrorRate, (0, Figures(("a", 0.02))), (1, Figures(("a", 0.01))), (2, Figures(("a", 0.02))), (3, Figures(("a", 0.02))));

        Assert.Equal(AlertPhase.Pending, status.Phase);
    }

    [Fact]
    public void Firing_alert_resolves_and_is_forgotten_a_quarter_of_an_hour_later()
    {
        var resolved = Run(HighErrorRate, (0, Figures(("a", 1))), (2, Figures(("a", 1))), (3, Figures()));

        Assert.Equal(
            new AlertProgress(AlertPhase.Resolved, T0, T0.AddMinutes(2), T0.AddMinutes(3), T0.AddMinutes(3)),
            Assert.Single(resolved.Alerts).Progress);
        Assert.Equal(AlertPhase.Resolved, resolved.Next(Figures(), T0.AddMinutes(17.9)).Phase);
        Assert.Empty(resolved.Next(Figures(), T0.AddMinutes(18)).Alerts);
        Assert.Equal(AlertPhase.Pending, resolved.Next(Figures(("a", 1)), T0.AddMinutes(4)).Phase);
    }

    [Fact]
    public void Alert_kept_firing_resolves_only_after_that_time_without_its_condition()
    {
        var rule = HighErrorRate with { For = TimeSpan.Zero, KeepFiringFor = TimeSpan.FromMinutes(5) };

        var kept = Run(rule, (0, Figures(("a", 1))), (1, Figures()), (5.9, Figures()));
        var again = kept.Next(Figures(("a", 1)), T0.AddMinutes(5.95)).Next(Figures(), T0.AddMinutes(6)).Next(Figures(), T0.AddMinutes(10.9));

        Assert.True(Assert.Single(kept.Alerts).Progress.IsKeptFiring);
        Assert.Equal(AlertPhase.Resolved, kept.Next(Figures(), T0.AddMinutes(6)).Phase);
        Assert.Equal(AlertPhase.Firing, again.Phase);
    }

    [Fact]
    public void Missing_data_neither_starts_nor_matures_nor_ends_an_alert()
    {
        var missing = new AlertReading.Missing("Prometheus does not answer");

        var pending = Run(HighErrorRate, (0, Figures(("a", 1))), (9, missing));
        var firing = Run(HighErrorRate, (0, Figures(("a", 1))), (2, Figures(("a", 1))), (90, missing));

        Assert.Equal((AlertPhase.Pending, "Prometheus does not answer"), (pending.Phase, pending.UnknownBecause));
        Assert.Equal((AlertPhase.Firing, "Prometheus does not answer"), (firing.Phase, firing.UnknownBecause));
        Assert.Null(firing.Next(Figures(), T0.AddMinutes(91)).UnknownBecause);
    }

    [Fact]
    public void Two_figures_for_the_same_labels_are_no_answer()
    {
        var status = Run(HighErrorRate, (0, Figures(("a", 1), ("a", 0))));

        Assert.Equal("the source answered with two figures for the same labels", status.UnknownBecause);
        Assert.Empty(status.Alerts);
    }

    [Fact]
    public void Each_element_is_an_alert_of_its_own()
    {
        var status = Run(HighErrorRate, (0, Figures(("b", 1), ("a", 1), ("c", 0))), (2, Figures(("b", 1), ("a", 0))));

        Assert.Equal([(Labels("b"), AlertPhase.Firing)], status.Alerts.Select(alert => (alert.Labels, alert.Progress.Phase)));
    }

    [Theory]
    [InlineData(double.NaN, AlertPhase.Inactive)]
    [InlineData(double.PositiveInfinity, AlertPhase.Pending)]
    [InlineData(0.01, AlertPhase.Inactive)]
    public void Bound_itself_and_no_number_are_not_above_it(double value, AlertPhase phase) =>
        Assert.Equal(phase, Run(HighErrorRate, (0, Figures(("a", value)))).Phase);

    [Fact]
    public void Rule_without_a_condition_takes_every_element_as_wrong()
    {
        var rule = HighErrorRate with { Condition = null, For = TimeSpan.Zero };

        Assert.Equal(AlertPhase.Firing, Run(rule, (0, Figures(("a", 0)))).Phase);
    }

    [Theory]
    [InlineData("critical", Severity.P1)]
    [InlineData("Warning", Severity.P2)]
    [InlineData("page", Severity.P1)]
    [InlineData("ticket", Severity.P2)]
    [InlineData("info", Severity.P4)]
    [InlineData("purple", null)]
    [InlineData(null, null)]
    public void Severity_follows_the_label(string? label, Severity? severity) => Assert.Equal(severity, Severities.FromLabel(label));

    [Fact]
    public void Label_sets_are_equal_by_their_pairs_and_an_empty_value_is_no_label()
    {
        Assert.Equal(new LabelSet(("a", "1"), ("b", "2")), new LabelSet(("b", "2"), ("c", ""), ("a", "1")));
        Assert.NotEqual(new LabelSet(("a", "1")), new LabelSet(("a", "2")));
    }
}
