using Cockpit.Components.Executive;
using Cockpit.Domain.Health;
using Cockpit.Domain.Impact;
using Cockpit.Domain.Slo;
using Cockpit.Live;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Components;

public class ExecutiveTests
{
    private static readonly RevenueFigures Calm = new("USD", 0, 0, TimeSpan.Zero, Ratio.Zero, null, 4200, [], [], []);

    [Fact]
    public void Money_is_not_nought_where_nobody_can_tell()
    {
        var silent = Calm with { NotMeasured = ["Trading", "User"] };

        Assert.Equal((null, "no service's availability can be told now"), ExecutiveFigureText.RiskNow(silent with { IsToldNow = false }));
        Assert.Equal((null, "nothing was counted this month"), ExecutiveFigureText.LostSoFar(silent with { IsToldThisMonth = false }));
        Assert.Equal("nothing is down; two services cannot be told", ExecutiveFigureText.RiskNow(silent).Note);
        Assert.Equal(
            "None is known of; two rules cannot be told.",
            ExecutiveText.NoAlerts(ObjectivesState.Nothing with { SampledAt = SloStates.Now, UnknownRules = [new("a", "x"), new("b", "x")] }));
    }

    private static Signal Missing(string id) => Signal.Absent(id);

    private static ServiceHealth Service(string title, HealthStatus status, string word = "Healthy", bool critical = true) =>
        new(new ServiceFacts(title, title, critical, null, null), status, word, null, Missing("requests"), Missing("errors"), Missing("p95"));

    private static Tile Part(string id, HealthStatus status) =>
        new(id, id, status, "Failing", null, new TileFact("figure", Missing(id), Cockpit.Domain.Cards.FigureUnit.Count), null, [], Trend.Empty, null);

    private static CockpitSnapshot Snapshot(
        OverallStatus status, Tile[]? tiles = null, ServiceHealth[]? services = null, ObjectivesState? objectives = null, double seconds = 0)
    {
        var health = new PlatformHealth(
            SloStates.Now.AddSeconds(seconds), null!, new SignalBoard([]), [], [.. tiles ?? []], [.. services ?? []],
            new OverallHealth(status, "The assessment's own sentence.", ""), []);
        return new CockpitSnapshot(1, health, [], null) { Objectives = objectives ?? ObjectivesState.Nothing };
    }

    [Fact]
    public void Headline_of_green_is_short() =>
        Assert.Equal(("All is well.", "Every critical part answers and keeps its limits."), Said(Snapshot(OverallStatus.Green)));

    [Fact]
    public void Headline_says_what_customers_notice_and_that_the_rest_works() =>
        Assert.Equal(
            ("Live prices reach some clients late. Every critical service works.", "No fix has been started from here."),
            Said(Snapshot(OverallStatus.Yellow, [Part(Tiles.WebSocket, HealthStatus.Bad)], [Service("Trading service", HealthStatus.Good)])));

    [Fact]
    public void Headline_begins_with_what_is_down_and_counts_the_rest() =>
        Assert.Equal(
            "Trading service is down. Fast storage is changing servers, so some answers are slow. One more thing is not as promised.",
            ExecutiveText.Headline(Snapshot(
                OverallStatus.Red, [Part(Tiles.Redis, HealthStatus.Bad)],
                [Service("User service", HealthStatus.Warn, "Slow"), Service("Trading service", HealthStatus.Bad, "Down")])));

    [Fact]
    public void Headline_of_unknown_claims_nothing() =>
        Assert.Equal(
            ("Nobody can tell how the platform is: its measurements do not arrive.", "What you see below is the last that was known."),
            Said(Snapshot(OverallStatus.Unknown)));

    [Fact]
    public void Headline_falls_back_to_the_assessment() =>
        Assert.Equal("The assessment's own sentence.", ExecutiveText.Headline(Snapshot(OverallStatus.Yellow)));

    [Fact]
    public void Promises_begin_with_the_platform_and_tell_the_date_at_this_pace()
    {
        var state = SloStates.All(
            SloStates.State("market-data", spent: 0.62, critical: true, exhaustion: SloStates.In(6.5)),
            SloStates.State("user", critical: true, unknown: "no measurements for 47 s"),
            SloStates.State("reports"),
            SloStates.State("platform", spent: 1.5));
        state = state with { Month = state.Month! with { PlatformAvailability = new MonthAvailability("platform", null, new Ratio(0.9995), null) } };

        Assert.Equal(
            [
                new PromiseLine("platform", "Platform: availability", HealthStatus.Bad, 0, "none", "of 21.6\u202Fmin in 30\u202Fdays, 10.8\u202Fmin over"),
                new PromiseLine("market-data", "Market-data", HealthStatus.Warn, 0.38, "8.2\u202Fmin", "of 21.6\u202Fmin in 30\u202Fdays, gone on 29 Nov at this pace"),
                new PromiseLine("user", "User", HealthStatus.Unknown, null, "unknown", "No measurements for 47 s"),
            ],
            PromiseLine.Of(state).Select(line => line with { Share = line.Share is { } share ? Math.Round(share, 9) : null }));
    }

    [Fact]
    public void Decision_with_room_everywhere_is_to_keep_shipping() =>
        Assert.Equal<string>(["Keep shipping: every promise has room at this pace."], Decisions.Of(SloStates.All(SloStates.State(critical: true))));

    [Fact]
    public void Decisions_repair_hold_slow_and_look()
    {
        var state = SloStates.All(
            SloStates.State("trading", critical: true),
            SloStates.State("market-data", critical: true, exhaustion: SloStates.In(6.5)),
            SloStates.State("gateway", critical: true, spent: 1.2),
            SloStates.State("user", critical: true, unknown: "no sample"));
        state = state with { Executive = state.Executive with { Revenue = Calm with { AtRiskPerMinute = 214 } } };

        Assert.Equal<string>(
            [
                "Repair first: every ten minutes like this put about $\u202F2\u202F140 in question.",
                "Keep shipping, except Gateway and Market-data.",
                "Hold changes to Gateway that are not repairs: its room is used up.",
                "Slow the changes to Market-data: its room lasts six more days at this pace.",
                "Get the measurements of User back: until then nobody can say whether its promise holds.",
            ],
            Decisions.Of(state));
    }

    [Fact]
    public void Decision_is_careful_where_little_is_left_and_strict_where_the_platform_is_short()
    {
        var state = SloStates.All(SloStates.State("platform", spent: 0.9), SloStates.State("user", critical: true, spent: 0.8));

        Assert.Equal<string>(["Keep shipping, but go carefully with User: little room is left."], Decisions.Of(state));

        var whole = state with { Month = state.Month! with { PlatformAvailability = new MonthAvailability("platform", null, new Ratio(0.9995), null) } };
        Assert.Equal<string>(
            ["Ship only what must go out: the platform's own promise is short of room.", "Go carefully with Platform: availability and User: little room is left."],
            Decisions.Of(whole));
    }

    [Fact]
    public void Promise_of_a_service_is_the_one_with_the_least_room()
    {
        var state = SloStates.All(SloStates.State("trading", critical: true, spent: 0.2), SloStates.State("trading", critical: true, spent: 0.5, group: "Correctness"));

        Assert.Equal("availability: of 21.6\u202Fmin in 30\u202Fdays", Assert.Single(PromiseLine.Of(state)).Note);
    }

    [Fact]
    public void Decisions_need_something_measured() => Assert.Empty(Decisions.Of(ObjectivesState.Nothing));

    [Fact]
    public void Figures_stand_for_thirty_seconds_and_anything_that_matters_shows_at_once()
    {
        var shown = Snapshot(OverallStatus.Green, objectives: SloStates.All(SloStates.State()));

        Assert.False(ExecutiveChange.IsWorthDrawing(shown, Snapshot(OverallStatus.Green, objectives: SloStates.All(SloStates.State(spent: 0.39)), seconds: 29)));
        Assert.True(ExecutiveChange.IsWorthDrawing(shown, Snapshot(OverallStatus.Green, objectives: SloStates.All(SloStates.State()), seconds: 30)));
        Assert.True(ExecutiveChange.IsWorthDrawing(shown, Snapshot(OverallStatus.Yellow, objectives: SloStates.All(SloStates.State()), seconds: 1)));
        Assert.True(ExecutiveChange.IsWorthDrawing(
            shown, Snapshot(OverallStatus.Green, objectives: SloStates.All(SloStates.State()) with { Alerts = [SloStates.Alert("a")] }, seconds: 1)));
    }

    [Fact]
    public void Month_names_availability_beside_the_promises_and_what_was_not_judged()
    {
        var month = SloStates.All(SloStates.State(), SloStates.State("user", spent: 2), SloStates.State("blind", unknown: "no sample")).Month! with
        {
            PlatformAvailability = new MonthAvailability("platform", new Ratio(0.99971), new Ratio(0.9995), null),
        };

        Assert.Equal("1 of 2 · available 99.971\u202F% of 99.95\u202F% promised", ExecutiveFigureText.Compliance(month));
        Assert.Equal("1 missed, 1 not judged", ExecutiveFigureText.Others(month));
    }

    [Fact]
    public void Money_at_risk_shows_its_numbers() =>
        Assert.Equal(
            "At risk: 5.1\u202F% of the business affected × $\u202F4\u202F200 that a minute like this one brings = $\u202F214 a minute, before anything comes back.",
            ExecutiveFigureText.AtRisk(Calm with { AtRiskPerMinute = 214.2m, Affected = new Ratio(0.051) }));

    [Fact]
    public void Downtime_names_the_outages()
    {
        var outage = new Outage(new Period(SloStates.Now, SloStates.Now.AddMinutes(31)), Ratio.One, false, "market-data");

        Assert.Equal("31\u202Fmin of downtime, three outages", ExecutiveFigureText.Downtime(Calm with { Downtime = TimeSpan.FromMinutes(31), Outages = [outage, outage, outage] }));
        Assert.Equal("no outage this month", ExecutiveFigureText.Downtime(Calm));
    }

    [Theory]
    [InlineData(0, "$\u202F0")]
    [InlineData(0.2, "$\u202F<1")]
    [InlineData(18400.4, "$\u202F18\u202F400")]
    [InlineData(1234567, "$\u202F1.23\u202FM")]
    public void Money_is_short(double amount, string text) => Assert.Equal(text, Money.Write((decimal)amount, "USD"));

    private static (string, string) Said(CockpitSnapshot snapshot) => (ExecutiveText.Headline(snapshot), ExecutiveText.Doing(snapshot));
}
