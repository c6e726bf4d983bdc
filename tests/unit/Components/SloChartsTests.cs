using System.Collections.Immutable;
using Cockpit.Components.Primitives.Charts;
using Cockpit.Components.Slo;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Impact;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Components;

public class SloChartsTests
{
    private static ObjectiveHistory History(ObjectiveState state, params double[] left) => new(
        state.Key, state.Assessment.Raw.Period, [.. left.Select((share, index) => new BudgetPoint(SloStates.Now.AddDays(index - left.Length + 1), share))],
        [], [], [], [], state.Assessment.Raw.Period.StartAt, null);

    [Fact]
    public void Burn_down_is_summed_up_in_a_sentence_and_marks_the_alerts()
    {
        var state = SloStates.State();

        var chart = SloCharts.BurnDown(History(state, 0.99, 0.58, 0.62), state, [SloStates.Alert("a"), SloStates.Alert("b", phase: AlertPhase.Pending)]);

        Assert.Equal("Budget left: 99\u202F% at the start of the period, 58\u202F% at the lowest, 62\u202F% now.", chart.Summary);
        Assert.Equal<ChartSpan>([new ChartSpan(new Period(SloStates.Now.AddMinutes(-14), SloStates.Now), "P1", ChartTone.Bad)], chart.Spans);
    }

    [Fact]
    public void Burn_down_leaves_the_unmeasured_time_marked()
    {
        var state = SloStates.State();
        var start = state.Assessment.Raw.Period.StartAt;

        var chart = SloCharts.BurnDown(History(state, 1) with { FirstSampleAt = start.AddDays(3) }, state, []);

        Assert.Equal<ChartSpan>([new ChartSpan(new Period(start, start.AddDays(3)), "not measured", ChartTone.Quiet)], chart.Spans);
    }

    [Fact]
    public void Outages_of_the_service_are_laid_over_the_burn_down_and_the_worst_are_named()
    {
        var state = SloStates.State();
        Outage Of(int minutes, string cause = "Trading") => new(new Period(SloStates.Now.AddDays(-minutes), SloStates.Now.AddDays(-minutes).AddMinutes(minutes)), new Ratio(0.5), false, cause);
        var all = SloStates.All(state);
        all = all with { Executive = all.Executive with { Revenue = new RevenueFigures("USD", 0, 0, TimeSpan.Zero, Ratio.Zero, null, 1, [Of(2), Of(8), Of(4), Of(6), Of(9, "User")], [], []) } };

        var chart = SloCharts.BurnDown(History(state, 1, 0.6), state, [], SloAlerts.OutagesOf(state, all));

        Assert.Equal(["outage, 8\u202Fmin", "outage, 6\u202Fmin", "outage, 4\u202Fmin", ""], chart.Spans.Select(span => span.Label));
    }

    [Fact]
    public void Incidents_are_laid_over_the_burn_down_as_far_as_they_touch_its_period()
    {
        var state = SloStates.State();
        var start = state.Assessment.Raw.Period.StartAt;

        var chart = SloCharts.BurnDown(History(state, 1, 0.6), state, [], [],
        [
            new IncidentSpan("7", start.AddDays(-1), start.AddHours(2)), new IncidentSpan("6", start.AddDays(-3), start.AddDays(-2)),
            new IncidentSpan("8", SloStates.Now, SloStates.Now),
        ]);

        Assert.Equal<ChartSpan>([new ChartSpan(new Period(start, start.AddHours(2)), "incident 7", ChartTone.Warn)], chart.Spans);
    }

    [Fact]
    public void Burn_keeps_its_peaks_when_thinned()
    {
        ImmutableArray<BurnPoint> points = [.. Enumerable.Range(0, 864).Select(index => new BurnPoint(SloStates.Now.AddMinutes(5 * index), index == 100 ? 20 : 0.4, null))];

        var chart = SloCharts.Burn(new BurnTrace(SloStates.Page, points));

        Assert.Equal(20, chart.Series[1].Points.Max(point => point.Value));
        Assert.InRange(chart.Series[1].Points.Length, 200, 300);
        Assert.Equal("Burn rate over 1\u202Fh and 5\u202Fmin: now 0.4× and no traffic, at most 20×. Both above 14.4× wakes somebody.", chart.Summary);
    }

    [Fact]
    public void Counts_break_the_line_where_nothing_was_counted()
    {
        ImmutableArray<HistoryStep> steps = [new(SloStates.Now, Tally.Of(999, 1000)), new(SloStates.Now.AddHours(1), Tally.None)];

        var chart = SloCharts.Counts(steps, SloStates.State().Facts, "hour");

        Assert.Equal([99.9, null], chart.Series[1].Points.Select(point => point.Value is { } value ? Math.Round(value, 6) : (double?)null));
        Assert.Equal("1 of 1\u202F000 requests were bad; the worst hour had 99.9\u202F% good.", chart.Summary);
    }

    [Fact]
    public void Figure_for_the_library_names_colours_and_leaves_them_to_the_theme()
    {
        var at = DateTimeOffset.UnixEpoch;
        var chart = new Chart(
            "", new ChartAxis("%", 0, 100), [new ChartSeries("left", ChartTone.Good, ChartForm.Area, [new(at, 62.123456789), new(at.AddSeconds(1), null)])],
            [new ChartBound(0, "nothing left", ChartTone.Bad)], [], new Period(at, at.AddSeconds(1)));

        var json = PlotlyFigure.Write(chart);

        Assert.Contains("""{"name":"left","x":[0,1000],"y":[62.12346,null],"type":"scatter",""", json, StringComparison.Ordinal);
        Assert.Contains("""
            "line":{"color":"--good","width":2,"dash":"solid"},"fill":"tozeroy","fillcolor":"--good-wash"
            """.Trim(), json, StringComparison.Ordinal);
        Assert.DoesNotContain("#", json, StringComparison.Ordinal);
    }
}
