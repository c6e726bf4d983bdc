using Cockpit.Components.Slo;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Components;

public class SloFormulaTests
{
    [Fact]
    public void Formula_holds_the_numbers_of_now() =>
        Assert.Equal<FormulaStep>(
            [
                new("May fail", "(1 − target) × window", "(1 − 0.9995) × 43\u202F200\u202Fmin = 21.6\u202Fmin"),
                new("Did fail", "bad ÷ all requests", "190 ÷ 1\u202F000\u202F000 = 0.00019"),
                new("That cost", "bad share × time so far", "0.00019 × 43\u202F200\u202Fmin = 8.208\u202Fmin"),
                new("Left", "1 − cost ÷ allowance", "1 − 8.208\u202Fmin ÷ 21.6\u202Fmin = 62\u202F%"),
                new("In requests", "(1 − target) × requests of the period", "0.0005 × 1\u202F000\u202F000 = 500 may fail, 190 did"),
                new("Burn rate", "bad share of the last 1\u202Fh ÷ (1 − target)", "0.0002 ÷ 0.0005 = 0.4×"),
                new("Fastest it can burn", "1 ÷ (1 − target)", "1 ÷ 0.0005 = 2\u202F000×"),
            ],
            SloFormula.Steps(SloStates.State()));

    [Fact]
    public void Formula_of_a_calendar_window_uses_the_time_so_far()
    {
        var month = new SloWindow.Calendar(CalendarUnit.Month, 1, new DateTime(2026, 1, 1), TimeZoneInfo.Utc);

        var cost = SloFormula.Steps(SloStates.State(window: month)).Single(step => step.Label == "That cost");

        Assert.Equal("0.00019 × 30\u202F960\u202Fmin = 5.8824\u202Fmin", cost.Numbers);
    }

    [Fact]
    public void Formula_of_a_full_target_has_no_budget() =>
        Assert.Equal("(1 − 1) × window = 0: at 100 % there is no budget, the first bad one misses it", SloFormula.Steps(SloStates.State(target: 1))[0].Numbers);

    [Fact]
    public void Formula_without_traffic_stops_at_the_allowance() =>
        Assert.Equal(["May fail", "Did fail"], SloFormula.Steps(SloStates.State(total: 0)).Select(step => step.Label));

    [Fact]
    public void Start_below_full_is_explained_with_its_own_figures()
    {
        var state = SloStates.State();
        var history = new ObjectiveHistory(
            state.Key, state.Assessment.Raw.Period, [new BudgetPoint(SloStates.Now.AddDays(-30), 0.987)], [], [], [], [],
            SloStates.Now.AddDays(-29), SloStates.Now.AddHours(-1));

        var why = SloFormula.WhyNotFull(history, state);

        Assert.EndsWith(
            "Here it starts at 99\u202F%. Counting began on 24 Oct; the time before is not measured, which is not the same as good. "
            + "What lies before 22 Nov 11:00 UTC was simulated, with its share of bad days.", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0\u202Fmin")]
    [InlineData(0.5, "30\u202Fs")]
    [InlineData(13.42, "13.4\u202Fmin")]
    [InlineData(-4, "−4\u202Fmin")]
    [InlineData(600, "10\u202Fh")]
    [InlineData(4608, "3.2\u202Fdays")]
    public void Time_is_said_in_one_unit(double minutes, string text) => Assert.Equal(text, SloFigures.Time(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(0.62, "62\u202F%")]
    [InlineData(0.0312, "3.1\u202F%")]
    [InlineData(0, "0\u202F%")]
    [InlineData(1, "100\u202F%")]
    [InlineData(0.998, ">99\u202F%")]
    [InlineData(0.0001, "<0.1\u202F%")]
    [InlineData(-0.5, "−50\u202F%")]
    [InlineData(-12.4, "−1\u202F240\u202F%")]
    public void Share_left_is_never_rounded_to_full_or_empty(double share, string text) => Assert.Equal(text, SloFigures.Left(share));

    [Theory]
    [InlineData(0.9995, "99.95\u202F%")]
    [InlineData(0.99999, "99.999\u202F%")]
    [InlineData(1, "100\u202F%")]
    public void Target_keeps_every_nine(double target, string text) => Assert.Equal(text, SloFigures.Target(new Ratio(target)));

    [Theory]
    [InlineData(312, "312")]
    [InlineData(412_345, "412\u202Fk")]
    [InlineData(12_345, "12.3\u202Fk")]
    [InlineData(1_234_567, "1.2\u202FM")]
    public void Count_is_short(double count, string text) => Assert.Equal(text, SloFigures.Count(count));

    [Fact]
    public void Page_says_which_definition_of_success_it_shows()
    {
        Assert.Contains("counts as neither", SliDefinition.Of(SloStates.State().Facts).Says, StringComparison.Ordinal);
        var errors = new Indicator.EventRatio(null, """http_requests_total{status=~"5.."}""", "http_requests_total", true);
        Assert.Contains("4xx counts as good", SliDefinition.Of(SloStates.State(indicator: errors).Facts).Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Bound_is_said_in_the_unit_of_its_figure()
    {
        var cpu = SloStates.State(indicator: new Indicator.Threshold("cpu", Comparison.LessThan, 80, "%"));

        Assert.Equal("below 80\u202F%", SliDefinition.Bound(cpu.Facts));
    }
}
