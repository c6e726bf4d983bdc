using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Maintaining;
using Cockpit.UseCases.Objectives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Objectives;

/// <summary>Objectives of a small shop, run by hand: one availability, one gauge and one rule.</summary>
internal sealed class ObjectivesRig
{
    public const string Good = "sum by (instance) (requests_total{status=\"200\"})";
    public const string Total = "sum by (instance) (requests_total)";
    public const string Gauge = "max(age_seconds)";
    public const string RuleQuery = "error_ratio";

    private readonly ISliArchive _archive;

    public ObjectivesRig(FakeClock? clock = null, ISliArchive? archive = null, bool isSimulated = false, ISimulatedPast? past = null, double target = 0.999)
    {
        Clock = clock ?? new FakeClock();
        _archive = archive ?? new FakeArchive();
        Source = new FakeSource(Clock, isSimulated);
        Board = new ObjectivesBoard(Plan(target), Source, Maintenance, Clock);
        Past = new PastKeeper(Board, Source, _archive, new PastFetcher(Source), Clock, NullLogger<PastKeeper>.Instance, past);
        Keeper = new ObjectivesKeeper(Board, Source, Past, Clock, NullLogger<ObjectivesKeeper>.Instance);
    }

    public FakeClock Clock { get; }

    public FakeArchive Archive => (FakeArchive)_archive;

    public FakeSource Source { get; }

    public MaintenanceBook Maintenance { get; } = new();

    public ObjectivesBoard Board { get; }

    public PastKeeper Past { get; }

    public ObjectivesKeeper Keeper { get; }

    public ObjectiveState Shop => Board.Current.Find("shop-availability")!;

    public ObjectiveState Age => Board.Current.Find("shop-age")!;

    public static ObjectiveFacts Availability(double target = 0.999) => new(
        "shop-availability",
        new SloDefinition(
            new SloId("shop-availability"), "shop", "ines", "Shop: availability", "", [new Objective(new Ratio(target))], BudgetingMethod.Occurrences,
            new SloWindow.Rolling(TimeSpan.FromDays(30)),
            new Indicator.EventRatio("requests_total{status=\"200\"}", null, "requests_total", counter: true)),
        new Objective(new Ratio(target)), "Shop", true, null, null, 0, TimeSpan.Zero, null);

    public async Task RoundAsync(TimeSpan? after = null)
    {
        if (after is { } by) Clock.Advance(by);
        await Keeper.RoundAsync(CancellationToken.None);
    }

    /// <summary>Rounds every 15 seconds; each counts that many requests, of which a share fails.</summary>
    public async Task ServeAsync(TimeSpan length, double requestsPerRound, double failing)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += TimeSpan.FromSeconds(15))
        {
            Served += requestsPerRound;
            Succeeded += requestsPerRound * (1 - failing);
            Source.Say(Good, ("a", Succeeded)).Say(Total, ("a", Served));
            await RoundAsync(TimeSpan.FromSeconds(15));
        }
    }

    public double Served { get; set; } = 1000;

    public double Succeeded { get; set; } = 1000;

    public static ObjectivePlan Plan(double target)
    {
        var age = new Objective(new Ratio(0.99), Op: Comparison.LessThan, Value: 5, TimeSliceTarget: new Ratio(0.95), TimeSliceWindow: TimeSpan.FromMinutes(1));
        var gauge = new ObjectiveFacts(
            "shop-age",
            new SloDefinition(
                new SloId("shop-age"), "shop", null, "Shop: age", "", [age], BudgetingMethod.Timeslices,
                new SloWindow.Rolling(TimeSpan.FromDays(30)), new Indicator.Threshold(Gauge, null, null, "s")),
            age, "Shop", false, null, null, 0, TimeSpan.Zero, null);
        var rule = new AlertRule(
            "ManyErrors", "error_ratio > 0.01", new AlertCondition(Comparison.GreaterThan, 0.01), TimeSpan.FromMinutes(1), TimeSpan.Zero,
            new LabelSet(("severity", "critical")), new LabelSet(("summary", "{{ $value | humanizePercentage }} of requests fail"), ("runbook", "errors")));
        var impact = new ImpactPlan(
            "EUR", 100, new TradingHours([.. Enum.GetValues<DayOfWeek>()], new TimeOnly(0, 0), new TimeOnly(23, 59, 59, 999), TimeZoneInfo.Utc), 0.1,
            new Ratio(0.5), [new EarningService("shop", "Shop", 0.8, "shop-availability")], ["An assumption."]);
        return new ObjectivePlan([Availability(target), gauge], [new PlannedRule(rule, RuleQuery)], impact, "people");
    }
}
