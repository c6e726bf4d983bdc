using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cockpit.Domain.Slo;
using Cockpit.Hubs;
using Cockpit.Live;
using Cockpit.Tests.Components;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Hubs;

public sealed class LiveBoardTests
{
    private readonly LiveBoard _board = new();

    [Fact]
    public void Topic_before_the_first_assessment_is_empty_and_numbered_zero()
    {
        Assert.Empty(_board.MoveTo(CockpitSnapshot.Nothing));

        Assert.Equal("""{"topic":"operations","number":0,"assessedAt":0,"sections":{}}""", Text(_board[LiveTopics.Operations].Whole));
    }

    [Fact]
    public void Change_holds_only_the_sections_whose_json_changed()
    {
        _board.MoveTo(Snapshots.Of(1, ("trading", 10), ("user", 5)));

        var change = Operations(_board.MoveTo(Snapshots.Of(2, ("trading", 11), ("user", 5))));

        Assert.Equal((1, 2), ((long)change["from"]!, (long)change["to"]!));
        Assert.Equal(["service/trading"], change["changes"]!.AsObject().Select(section => section.Key));
        Assert.Equal(11, (double)change["changes"]!["service/trading"]!["requests"]!["value"]!);
    }

    [Fact]
    public void Snapshot_that_says_the_same_moves_no_topic()
    {
        _board.MoveTo(Snapshots.Of(1, ("trading", 10)));

        Assert.Empty(_board.MoveTo(Snapshots.Of(2, ("trading", 10))));
        Assert.Equal(1, _board[LiveTopics.Operations].Number);
    }

    [Fact]
    public void Snapshots_between_two_broadcasts_are_folded_into_one_change()
    {
        _board.MoveTo(Snapshots.Of(1, ("trading", 10), ("user", 5)));

        var change = Operations(_board.MoveTo(Snapshots.Of(7, ("trading", 12), ("user", 6))));

        Assert.Equal((1, 7), ((long)change["from"]!, (long)change["to"]!));
        Assert.Equal(["service/trading", "service/user"], change["changes"]!.AsObject().Select(section => section.Key));
    }

    [Fact]
    public void Section_that_went_travels_as_null()
    {
        _board.MoveTo(Snapshots.Of(1, ("trading", 10), ("user", 5)));

        var change = Operations(_board.MoveTo(Snapshots.Of(2, ("trading", 10))));

        Assert.True(change["changes"]!.AsObject().ContainsKey("service/user"));
        Assert.Null(change["changes"]!["service/user"]);
    }

    [Fact]
    public void Changes_applied_in_order_make_the_whole()
    {
        var viewer = JsonNode.Parse(Text(_board[LiveTopics.Operations].Whole))!["sections"]!.AsObject();

        foreach (var snapshot in new[]
                 {
                     Snapshots.Of(3, ("trading", 10), ("user", 5)), Snapshots.Of(4, ("trading", 0)), Snapshots.Of(9, ("trading", 2), ("risk", 1)),
                 })
            foreach (var (key, section) in Operations(_board.MoveTo(snapshot))["changes"]!.AsObject())
            {
                viewer.Remove(key);
                if (section is not null) viewer[key] = section.DeepClone();
            }

        var whole = JsonNode.Parse(Text(_board[LiveTopics.Operations].Whole))!["sections"]!;
        Assert.True(JsonNode.DeepEquals(whole, viewer));
    }

    [Fact]
    public void Figure_names_value_unit_age_source_freshness_and_reason()
    {
        _board.MoveTo(Snapshots.Of(1, ("trading", 10.123456789)));

        var service = JsonNode.Parse(Text(_board[LiveTopics.Operations].Whole))!["sections"]!["service/trading"]!;

        Assert.Equal(
            $$"""{"id":"service.requests{trading}","label":"Requests","value":10.12346,"text":"10\u202F/s","unit":"perSecond","observedAt":{{Snapshots.Start.ToUnixTimeMilliseconds()}},"source":"Prometheus","freshness":"fresh"}""",
            service["requests"]!.ToJsonString(new JsonSerializerOptions()).Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal("unknown", (string?)service["errors"]!["freshness"]);
        Assert.NotNull((string?)service["errors"]!["reason"]);
    }

    [Fact]
    public void Executive_topic_carries_a_line_for_each_part_and_no_figures_of_them()
    {
        _board.MoveTo(Snapshots.Of(1, ("trading", 10)));

        var keys = JsonNode.Parse(Text(_board[LiveTopics.Executive].Whole))!["sections"]!.AsObject().Select(section => section.Key);

        Assert.Equal(["overall", "part/degraded-websockets", "part/redis-failover", "part/replica-lag", "part/trading", "users"], keys);
    }

    [Fact]
    public void Executive_topic_carries_the_month_money_and_the_budgets_that_need_a_look()
    {
        var state = SloStates.All(
            SloStates.State("trading", spent: 1.5, critical: true), SloStates.State("user", spent: 0.4, critical: true), SloStates.State("calm", spent: 0.1),
            SloStates.State("blind", unknown: "no series matches its query", critical: true));
        _board.MoveTo(Snapshots.Of(1, ("trading", 10)) with
        {
            Objectives = state with { Executive = state.Executive with { Revenue = new RevenueFigures("EUR", 12.345m, 600, TimeSpan.FromMinutes(3), new Ratio(0.1), "Trading", 100, [], ["An assumption."], []) } },
        });

        var sections = JsonNode.Parse(Text(_board[LiveTopics.Executive].Whole))!["sections"]!.AsObject();

        Assert.Equal(["budget/blind", "budget/trading", "budget/user", "month", "revenue"], sections.Select(section => section.Key).Where(key => key[0] is 'b' or 'm' or 'r'));
        Assert.Equal(
            """{"title":"Trading: availability","service":"Trading","critical":true,"status":"bad","word":"Spent","firing":false,"remaining":-0.5,"adjusted":-0.5,"text":"-50\u202F%","burn":0.4,"target":0.9995}""",
            sections["budget/trading"]!.ToJsonString());
        Assert.Equal(("unknown", null, "no series matches its query"), ((string?)sections["budget/blind"]!["status"], (double?)sections["budget/blind"]!["remaining"], (string?)sections["budget/blind"]!["reason"]));
        Assert.Equal("""{"compliance":0.6666667,"met":2,"missed":["trading"],"unevaluated":["blind"]}""", sections["month"]!.ToJsonString());
        Assert.Equal("""{"currency":"EUR","atRiskPerMinute":12.34,"lostThisMonth":600,"cause":"Trading","assumptions":["An assumption."]}""", sections["revenue"]!.ToJsonString());
    }

    private static JsonObject Operations(IEnumerable<TopicChange> changes) =>
        JsonNode.Parse(Text(changes.Single(change => change.State.Topic == LiveTopics.Operations).Write(Snapshots.Start)))!.AsObject();

    private static string Text(RawJson json) => Encoding.UTF8.GetString(json.Utf8.Span);
}
