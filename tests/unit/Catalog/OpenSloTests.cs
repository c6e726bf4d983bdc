using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Catalog;

public class OpenSloTests
{
    private const string Slo = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: foo
          displayName: Foo
        spec:
          service: foo
          indicator:
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource:
                    type: Prometheus
                    spec:
                      query: good_total
                total:
                  metricSource:
                    type: Prometheus
                    spec:
                      query: all_total
          timeWindow:
            - duration: 30d
              isRolling: true
          budgetingMethod: Occurrences
          objectives:
            - target: 0.99
        """;

    private const string Policies = """
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata: {name: AlertPolicy}
        spec:
          conditions: [{conditionRef: fast}]
          notificationTargets: [{targetRef: OnCallDevopsMailNotification}]
        ---
        - apiVersion: openslo/v1
          kind: AlertCondition
          metadata: {name: fast}
          spec: {severity: page, condition: {kind: burnrate, threshold: 2, lookbackWindow: 1h, alertAfter: 5m}}
        - apiVersion: openslo/v1
          kind: AlertNotificationTarget
          metadata: {name: OnCallDevopsMailNotification}
          spec: {target: email}
        """;

    [Fact]
    public void Slo_loads()
    {
        var load = Files.Load(("slos/a.yaml", Slo));

        Assert.Empty(load.Errors);
        Assert.Equal(
            new SloDefinition(
                new SloId("foo"), "foo", null, "Foo", "", [new Objective(new Ratio(0.99))], BudgetingMethod.Occurrences,
                new SloWindow.Rolling(TimeSpan.FromDays(30)), new Indicator.EventRatio("good_total", null, "all_total", true)),
            load.Catalog.Slos.Single().Definition);
    }

    [Theory]
    [InlineData("duration: 30d", "duration: Week", "spec.timeWindow[0].duration")]
    [InlineData("duration: 30d", "duration: -5m", "spec.timeWindow[0].duration")]
    [InlineData("duration: 30d", "duration: 0d", "spec.timeWindow[0].duration")]
    [InlineData("kind: SLO", "kind: sli", "kind")]
    [InlineData("openslo/v1", "openslo/v2", "apiVersion")]
    [InlineData("isRolling: true", "isRolling: true\n      calendar: {startTime: 2024-01-01 00:00:00, timeZone: UTC}", "spec.timeWindow[0].isRolling")]
    [InlineData("isRolling: true", "calendar: {startTime: Monday, timeZone: UTC}", "spec.timeWindow[0].calendar.startTime")]
    [InlineData("isRolling: true", "calendar: {startTime: 2024-01-01 00:00:00, timeZone: Mars/Base}", "spec.timeWindow[0].calendar.timeZone")]
    [InlineData("isRolling: true", "isRolling: false", "spec.timeWindow[0].isRolling")]
    [InlineData("target: 0.99", "target: 99", "spec.objectives[0].target")]
    [InlineData("target: 0.99", "targetPercent: 101", "spec.objectives[0].targetPercent")]
    [InlineData("- target: 0.99", "- displayName: x", "spec.objectives[0].target")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: occurrences", "spec.budgetingMethod")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: Timeslices", "spec.objectives[0].timeSliceTarget")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: RatioTimeslices", "spec.objectives[0].timeSliceWindow")]
    [InlineData("service: foo", "servce: foo", "spec.servce")]
    [InlineData("query: good_total", "query: sum(good_total", "spec.indicator.spec.ratioMetric.good.metricSource.spec.query")]
    [InlineData("  indicator:", "  indicatorRef: nowhere\n  other:", "spec.indicatorRef")]
    [InlineData("name: foo", "name: -foo", "metadata.name")]
    public void What_the_spec_forbids_is_refused_at_its_field(string from, string to, string field)
    {
        var load = Files.Load(("slos/a.yaml", Slo.Swap(from, to)));

        Assert.Contains(load.Errors, error => error.Field == field && error.Line > 0 && error.Accepted.Length > 0);
        Assert.Empty(load.Catalog.Slos);
    }

    [Fact]
    public void Dangling_reference_of_an_inline_policy_is_told_by_its_full_path()
    {
        var inline = Slo + """

              alertPolicies:
                - kind: AlertPolicy
                  metadata: {name: inline}
                  spec:
                    conditions: [{conditionRef: fast}]
                    notificationTargets: [{targetRef: OnCallDevopsMailNotification}, {targetRef: OnCallDevopsMailNotificatio}]
            """;

        var load = Files.Load(("slos/a.yaml", inline), ("slos/b.yaml", Policies));

        var error = Assert.Single(load.Errors);
        Assert.Equal("spec.alertPolicies[0].spec.notificationTargets[1].targetRef", error.Field);
        Assert.Contains("did you mean 'OnCallDevopsMailNotification'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alertPolicies: null")]
    [InlineData("alertPolicies: [AlertPolicy]")]
    [InlineData("alertPolicies: [{alertPolicyRef: AlertPolicy}]")]
    public void Alert_policies_may_be_nothing_names_or_references(string policies) =>
        Assert.Empty(Files.Load(("slos/a.yaml", $"{Slo}\n  {policies}\n"), ("slos/b.yaml", Policies)).Errors);

    [Fact]
    public void Minute_and_month_differ_by_their_case_only()
    {
        SloWindow Window(string duration) => Files.Load(("slos/a.yaml", Slo.Swap("duration: 30d\n      isRolling: true", duration))).Catalog.Slos.Single().Definition.Window;

        Assert.Equal(new SloWindow.Rolling(TimeSpan.FromMinutes(1)), Window("duration: 1m"));
        Assert.Equal(
            new SloWindow.Calendar(CalendarUnit.Month, 1, new DateTime(2020, 1, 21, 12, 30, 0), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")),
            Window("duration: 1M\n      calendar: {startTime: 2020-01-21 12:30:00, timeZone: America/New_York}"));
    }

    [Fact]
    public void Missing_window_is_assumed_and_said()
    {
        var load = Files.Load(("slos/a.yaml", Slo.Swap("  timeWindow:\n    - duration: 30d\n      isRolling: true\n", "")));

        Assert.Empty(load.Errors);
        Assert.Equal(new SloWindow.Rolling(TimeSpan.FromDays(30)), load.Catalog.Slos.Single().Definition.Window);
        Assert.Contains(load.Assumptions, assumption => assumption.Field == "spec.timeWindow");
    }

    [Fact]
    public void Percent_and_share_are_the_same_target()
    {
        var load = Files.Load(("slos/a.yaml", Slo.Swap("target: 0.99", "targetPercent: 99.95")));

        Assert.Equal(0.9995, load.Catalog.Slos.Single().Definition.Objectives[0].Target.Value);
    }

    [Fact]
    public void Numeric_slice_is_minutes()
    {
        var load = Files.Load(("slos/a.yaml", Slo.Swap("Occurrences", "Timeslices").Swap("target: 0.99", "target: 0.99\n      timeSliceTarget: 0.9\n      timeSliceWindow: 5")));

        Assert.Equal(TimeSpan.FromMinutes(5), load.Catalog.Slos.Single().Definition.Objectives[0].TimeSliceWindow);
    }

    [Fact]
    public void Same_name_twice_is_refused_where_it_is_second()
    {
        var load = Files.Load(("slos/a.yaml", Slo), ("slos/b.yaml", Slo));

        Assert.Equal(("slos/b.yaml", "metadata.name"), (Assert.Single(load.Errors).File, load.Errors[0].Field));
    }

    [Fact]
    public void Json_is_read_like_yaml()
    {
        const string Json = """
            {"apiVersion": "openslo/v1", "kind": "SLI", "metadata": {"name": "x"},
             "spec": {"thresholdMetric": {"metricSource": {"type": "Prometheus", "spec": {"query": "up"}}}}}
            """;

        Assert.Equal("x", Assert.Single(Files.Load(("slos/a.json", Json)).Catalog.Indicators).Id);
        Assert.Equal("x", Assert.Single(Files.Load(("slos/a.yaml", Json)).Catalog.Indicators).Id);
    }

    [Fact]
    public void One_bad_file_does_not_hide_another()
    {
        var load = Files.Load(("slos/a.yaml", "kind: [\n"), ("slos/b.yaml", Slo.Swap("kind: SLO", "kind: SLOO")), ("slos/c.yaml", Slo));

        Assert.Equal(["slos/a.yaml", "slos/b.yaml"], load.Errors.Select(error => error.File).Distinct());
        Assert.Single(load.Catalog.Slos);
    }
}
