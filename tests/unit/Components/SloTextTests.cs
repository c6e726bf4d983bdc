using Cockpit.Components.Slo;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Components;

public class SloTextTests
{
    [Fact]
    public void Objective_with_room_holds_and_says_how_much() =>
        Assert.Equal("It holds. 62\u202F% of its budget is left: 13.4\u202Fmin of 21.6\u202Fmin.", SloText.Lead(SloStates.State()));

    [Fact]
    public void Objective_that_burns_says_how_fast_before_what_is_left() =>
        Assert.Equal(
            "It burns 22× too fast. 62\u202F% of its budget is left: 13.4\u202Fmin of 21.6\u202Fmin.",
            SloText.Lead(SloStates.State(burn: 22, phase: AlertPhase.Firing)));

    [Fact]
    public void Overspent_budget_says_by_how_much() =>
        Assert.Equal("Its budget is spent, 50\u202F% more than there was.", SloText.Lead(SloStates.State(spent: 1.5)));

    [Fact]
    public void Unknown_objective_never_holds_and_tells_the_last_known_room()
    {
        var state = SloStates.State(unknown: "no sample for 47 s");

        Assert.Equal((HealthStatus.Unknown, "Unknown"), ObjectiveStanding.Of(state));
        Assert.Equal("How it stands cannot be told now. Last known: 62\u202F% of its budget is left: 13.4\u202Fmin of 21.6\u202Fmin.", SloText.Lead(state));
        Assert.Equal("No sample for 47 s.", SloText.Doubt(state));
    }

    [Fact]
    public void Objective_without_traffic_is_neither_met_nor_missed() =>
        Assert.Equal((HealthStatus.Unknown, "No traffic"), ObjectiveStanding.Of(SloStates.State(total: 0)));

    [Fact]
    public void Unmeasured_objective_is_not_called_unknown() =>
        Assert.Equal((HealthStatus.NotConfigured, "Not measured"), ObjectiveStanding.Of(SloStates.State(unmeasurable: "its queries are not PromQL")));

    [Fact]
    public void Target_of_100_percent_has_no_budget_to_speak_of()
    {
        Assert.Equal("It allows nothing to fail, and nothing did.", SloText.Lead(SloStates.State(target: 1)).Replace("It holds. ", "", StringComparison.Ordinal));
        Assert.Equal((HealthStatus.Good, "Holds"), ObjectiveStanding.Of(SloStates.State(target: 1)));
    }

    [Theory]
    [InlineData(AlertPhase.Firing, HealthStatus.Bad, "Burns fast")]
    [InlineData(AlertPhase.Resolved, HealthStatus.Good, "Holds")]
    public void Page_is_bad_only_while_it_fires(AlertPhase phase, HealthStatus status, string word) =>
        Assert.Equal((status, word), ObjectiveStanding.Of(SloStates.State(burn: 22, phase: phase)));

    [Fact]
    public void Ticket_is_a_warning() =>
        Assert.Equal((HealthStatus.Warn, "Burns"), ObjectiveStanding.Of(SloStates.State(burn: 2, phase: AlertPhase.Firing, tier: SloStates.Ticket)));

    [Fact]
    public void Budget_that_ends_soon_is_a_warning_although_much_is_left() =>
        Assert.Equal((HealthStatus.Warn, "Runs out"), ObjectiveStanding.Of(SloStates.State(spent: 0.1, exhaustion: SloStates.In(6))));

    [Fact]
    public void Budget_spent_by_maintenance_alone_is_a_warning() =>
        Assert.Equal((HealthStatus.Warn, "Spent by maintenance"), ObjectiveStanding.Of(SloStates.State(spent: 1.5, excluded: TimeSpan.FromHours(2))));

    [Fact]
    public void Latency_counts_requests_rather_than_minutes() =>
        Assert.Equal(("31\u202Fk requests", "of 50\u202Fk"), SloText.Room(SloStates.State(target: 0.95, indicator: SloStates.Latency).Facts, SloStates.State(target: 0.95, indicator: SloStates.Latency).Assessment.Raw));

    public static TheoryData<Exhaustion, string> Outlooks => new()
    {
        { new Exhaustion.Already(), "Nothing is left until the worst of it is older than the window." },
        { new Exhaustion.TooFewEvents(3, 100), "Lately there were 3 requests, too few to say how long it lasts." },
        { new Exhaustion.NotAtThisRate(null), "At the pace of the last 1\u202Fh it is never used up." },
        { new Exhaustion.NotAtThisRate(TimeSpan.FromDays(9)), "At the pace of the last 1\u202Fh it is never used up; if that was luck, it lasts nine more days." },
        { SloStates.In(6.2), "At the pace of the last 1\u202Fh it lasts six more days, until 28 Nov." },
        { SloStates.In(6.2, 4.5), "At the pace of the last 1\u202Fh it lasts six more days, until 28 Nov; at worst four more days." },
    };

    [Theory]
    [MemberData(nameof(Outlooks))]
    public void Outlook_tells_the_end_and_how_sure_it_is(Exhaustion exhaustion, string sentence) =>
        Assert.Equal(sentence, SloText.Outlook(SloStates.State(exhaustion: exhaustion)));

    [Fact]
    public void List_opens_with_what_holds_and_what_is_in_danger()
    {
        var state = SloStates.All(SloStates.State("trading"), SloStates.State("market-data", spent: 0.6, exhaustion: SloStates.In(6.2)), SloStates.State("user", spent: 1.5));

        Assert.Equal("2 of 3 objectives hold this month; the budget of “Market-data: availability” lasts six more days at this pace.", SloListText.Lead(state));
    }

    [Fact]
    public void List_names_what_burns_before_what_ends() =>
        Assert.Equal(
            "All 2 objectives hold this month; “Trading: availability” burns its budget 22× too fast.",
            SloListText.Lead(SloStates.All(SloStates.State(burn: 22, phase: AlertPhase.Firing), SloStates.State("user", exhaustion: SloStates.In(2)))));

    [Fact]
    public void List_counts_the_unjudged_neither_way()
    {
        var state = SloStates.All(SloStates.State(), SloStates.State("user", unknown: "no sample for 47 s"));

        Assert.Equal("The one objective holds this month; no budget is in danger.", SloListText.Lead(state));
        Assert.Equal("One cannot be judged and counts neither way.", SloListText.Detail(state));
    }

    [Fact]
    public void List_waits_before_the_first_round_and_says_when_the_catalog_is_empty()
    {
        Assert.Equal("Waiting for the first measurements…", SloListText.Lead(ObjectivesState.Nothing));
        Assert.Equal("The catalog names no objective.", SloListText.Lead(ObjectivesState.Nothing with { SampledAt = SloStates.Now }));
    }

    [Fact]
    public void Lines_that_need_a_look_come_first_and_the_unknown_last()
    {
        var state = SloStates.All(
            SloStates.State("calm"), SloStates.State("blind", unknown: "no sample"), SloStates.State("spent", spent: 1.2), SloStates.State("late", group: "Latency", spent: 0.5));

        var sections = SloSection.Arrange(state.Objectives.Select(objective => SloRow.Of(objective, state)));

        Assert.Equal(["Needs a look: spent", "Holding: late calm", "Cannot be told: blind"], sections.Select(Line));
        Assert.Equal(
            ["Needs a look: spent", "Latency: late", "Availability: calm", "Cannot be told: blind"],
            SloSection.Arrange(state.Objectives.Select(objective => SloRow.Of(objective, state)), byKind: true).Select(Line));

        static string Line(SloSection section) => $"{section.Title}: {string.Join(' ', section.Rows.Select(row => row.Key))}";
    }

    [Theory]
    [InlineData("trading", null, null, true)]
    [InlineData("user", null, null, false)]
    [InlineData(null, "platform-engineer", "TRADING avail", true)]
    [InlineData(null, null, "trading latency", false)]
    public void Filter_asks_for_service_owner_and_every_word(string? service, string? owner, string? text, bool matches) =>
        Assert.Equal(matches, SloFilter.Of(service, owner, text).Matches(SloStates.State().Facts));

    [Fact]
    public void Filter_lives_in_the_address()
    {
        Assert.Equal("/slo", SloFilter.Of(" ", "", null).Address);
        Assert.Equal("/slo?service=trading&q=95%20%25", SloFilter.Of("trading", null, " 95 % ").Address);
        Assert.Equal("/slo?by=kind", SloFilter.Of(null, null, null, "kind").Address);
    }
}
