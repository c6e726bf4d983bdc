using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Objectives;

public sealed class ObjectivesBoardTests
{
    private readonly ObjectivesRig _rig = new();

    [Fact]
    public async Task Known_counts_give_the_known_budget()
    {
        await _rig.ServeAsync(TimeSpan.FromHours(1), 1000, 0);
        await _rig.ServeAsync(TimeSpan.FromSeconds(15), 1000, 0.12);

        var budget = _rig.Shop.Assessment.Raw;

        Assert.Null(_rig.Shop.Assessment.UnknownBecause);
        Assert.Equal((240_000d, 120d), (budget.Counted.Total, budget.ConsumedEvents));
        Assert.Equal(120 / 240_000d / 0.001, budget.ConsumedShare, 9);
        Assert.Equal(43.2, budget.AllowedTime.TotalMinutes, 6);
    }

    [Fact]
    public async Task Burn_that_passes_both_windows_fires_a_page_and_says_so_in_plain_words()
    {
        await _rig.ServeAsync(TimeSpan.FromHours(1), 1000, 0.02);

        var alert = Assert.Single(_rig.Board.Current.Alerts);

        Assert.Equal((AlertPhase.Firing, Severity.P1, "shop-availability"), (alert.Phase, alert.Severity, alert.ObjectiveKey));
        Assert.Equal(new Concern(OverallStatus.Red, "Shop burns its error budget 20 times too fast"), Assert.Single(_rig.Board.Current.Concerns));
    }

    [Fact]
    public async Task Restart_of_one_instance_is_not_taken_for_a_restart_of_all()
    {
        _rig.Source.Say(ObjectivesRig.Good, ("a", 1000), ("b", 5000)).Say(ObjectivesRig.Total, ("a", 1000), ("b", 5000));
        await _rig.RoundAsync();

        _rig.Source.Say(ObjectivesRig.Good, ("a", 1010), ("b", 7)).Say(ObjectivesRig.Total, ("a", 1010), ("b", 7));
        await _rig.RoundAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(Tally.Of(17, 17), _rig.Shop.Assessment.Raw.Counted);
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "nan", "the source answered NaN" },
        { "infinity", "the source answered with infinity" },
        { "nothing", "no series matches its query" },
        { "twice", "the source answered with two counters for one instance" },
        { "labels", "its query splits by other labels than instance" },
        { "stranger", "instance \"b\" counts a part of events but not all of them" },
        { "silence", "it was not asked" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Doubtful_answer_is_unknown_with_its_reason_and_never_good(string lie, string reason)
    {
        _rig.Source.Say(ObjectivesRig.Good, ("a", 10)).Say(ObjectivesRig.Total, ("a", 10));
        switch (lie)
        {
            case "nan": _rig.Source.Say(ObjectivesRig.Total, ("a", double.NaN)); break;
            case "infinity": _rig.Source.Say(ObjectivesRig.Good, ("a", double.PositiveInfinity)); break;
            case "nothing": _rig.Source.Answers[ObjectivesRig.Good] = new SliAnswer.Figures([]); break;
            case "twice": _rig.Source.Say(ObjectivesRig.Total, ("a", 10), ("a", 11)); break;
            case "labels": _rig.Source.Answers[ObjectivesRig.Total] = new SliAnswer.Figures([new LabelledValue(new LabelSet(("pod", "x")), 10)]); break;
            case "stranger": _rig.Source.Say(ObjectivesRig.Good, ("b", 10)); break;
            default: _rig.Source.Answers.Clear(); break;
        }

        await _rig.RoundAsync();
        await _rig.RoundAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(reason, _rig.Shop.Assessment.UnknownBecause);
        Assert.Null(_rig.Shop.Assessment.Raw.IsMet);
        Assert.Contains(_rig.Board.Current.Month!.Compliance.Unevaluated, standing => standing.Slo.Value == "shop-availability" && standing.UnevaluatedBecause == reason);
    }

    [Fact]
    public async Task Figure_that_two_series_answer_is_unknown()
    {
        _rig.Source.Say(ObjectivesRig.Gauge, 1, 2);

        await _rig.RoundAsync();

        Assert.Equal("its query found 2 series where one is expected", _rig.Age.Assessment.UnknownBecause);
    }

    [Fact]
    public async Task Source_that_falls_silent_makes_an_objective_unknown_after_three_intervals()
    {
        await _rig.ServeAsync(TimeSpan.FromMinutes(5), 100, 0);
        _rig.Source.Answers.Clear();

        await _rig.RoundAsync(TimeSpan.FromSeconds(45));
        var before = _rig.Shop.Assessment.UnknownBecause;
        await _rig.RoundAsync(TimeSpan.FromSeconds(15));

        Assert.Equal((null, "it was not asked"), (before, _rig.Shop.Assessment.UnknownBecause));
    }

    [Fact]
    public async Task Gauge_counts_minutes_within_its_bound()
    {
        _rig.Source.Say(ObjectivesRig.Gauge, 4.9);
        for (var i = 0; i < 8; i++) await _rig.RoundAsync(TimeSpan.FromSeconds(15));
        _rig.Source.Say(ObjectivesRig.Gauge, 5);
        for (var i = 0; i < 8; i++) await _rig.RoundAsync(TimeSpan.FromSeconds(15));

        var counted = _rig.Age.Assessment.Raw.Counted;

        Assert.True(counted.Bad >= 1 && counted.Good >= 1 && counted.Total is 3 or 4, counted.ToString());
        Assert.Equal(new ObservedFigure(5, null), _rig.Age.Figure);
    }

    [Fact]
    public async Task Rule_waits_for_its_time_then_fires_and_turns_the_platform_red()
    {
        _rig.Source.Say(ObjectivesRig.RuleQuery, 0.023);
        await _rig.RoundAsync();
        var pending = Assert.Single(_rig.Board.Current.Alerts).Phase;

        await _rig.RoundAsync(TimeSpan.FromMinutes(1));

        var alert = Assert.Single(_rig.Board.Current.Alerts);
        Assert.Equal((AlertPhase.Pending, AlertPhase.Firing), (pending, alert.Phase));
        Assert.Equal("2.3\u202F% of requests fail", alert.Summary.Replace("2.30", "2.3", StringComparison.Ordinal));
        Assert.Equal(OverallStatus.Red, _rig.Board.Current.Concerns[0].Weight);
    }

    [Fact]
    public async Task Rule_whose_query_finds_nothing_is_unknown_not_quiet()
    {
        _rig.Source.Answers[ObjectivesRig.RuleQuery] = new SliAnswer.Figures([]);

        await _rig.RoundAsync();

        Assert.Equal(new UnknownRule("ManyErrors", "no series matches its query"), Assert.Single(_rig.Board.Current.UnknownRules));
    }

    [Fact]
    public async Task Outage_costs_what_the_assumptions_say()
    {
        await _rig.ServeAsync(TimeSpan.FromMinutes(30), 1000, 0);
        await _rig.ServeAsync(TimeSpan.FromMinutes(10), 1000, 0.5);

        var revenue = _rig.Board.Current.Executive.Revenue!;

        Assert.Equal((40m, "Shop"), (revenue.AtRiskPerMinute, revenue.Cause));
        Assert.InRange(revenue.Downtime.TotalMinutes, 3.5, 4.1);
        Assert.Equal((double)revenue.LostThisMonth, revenue.Downtime.TotalMinutes * 100 * 0.5, 1);
    }

    [Fact]
    public async Task Past_ends_where_the_budget_stands()
    {
        await _rig.ServeAsync(TimeSpan.FromHours(2), 1000, 0.0004);

        var past = _rig.Board.BurnDown("shop-availability")!;

        Assert.Equal(_rig.Shop.Assessment.Raw.RemainingShare, past.Budget[^1].Remaining, 9);
        Assert.Equal(479_000, past.Counts.Sum(step => step.Counted.Total));
        Assert.Equal(0.4, past.Burns[0].Points[^1].Short!.Value, 2);
        Assert.Null(_rig.Board.BurnDown("nobody"));
    }
}
