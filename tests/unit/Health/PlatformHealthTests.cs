using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;

namespace Cockpit.Tests.Health;

public sealed class PlatformHealthTests
{
    private static readonly PlatformModel Model = new(
        PlatformFacts.Reference, [new ServiceFacts("api", "API", true, 0.2, 0.01)], [WebSocketCard.Card]);

    [Fact]
    public void Same_inputs_give_the_same_assessment_whenever_asked()
    {
        var first = Next(null, Healthy(), Platform.Now);

        Assert.Equal(Text(Next(first, Ill(), Platform.Now.AddSeconds(1))), Text(Next(first, Ill(), Platform.Now.AddSeconds(1))));
        Assert.Equal(Text(Next(null, Healthy(), Platform.Now)), Text(first));
    }

    [Fact]
    public void Platform_before_the_first_answers_is_unknown_and_without_changes()
    {
        var health = Next(null, Platform.Waiting, Platform.Now);

        Assert.Equal(new OverallHealth(OverallStatus.Unknown, "The platform's health is unknown.", "Waiting for the first answer of Prometheus."), health.Overall);
        Assert.Empty(health.Changes);
    }

    [Fact]
    public void Platform_turns_from_green_to_yellow_and_says_what_changed()
    {
        var well = Next(null, Healthy(), Platform.Now);
        var ill = Next(well, Ill(), Platform.Now.AddSeconds(1));

        Assert.Equal(new OverallHealth(OverallStatus.Green, "All is well.", "Every critical part answers and is within its limits."), well.Overall);
        Assert.Equal(new OverallHealth(OverallStatus.Yellow, "WebSockets are degraded.", "Everything else holds."), ill.Overall);
        Assert.Equal(
            [
                new Change(Platform.Now.AddSeconds(1), "Degraded WebSockets", "“Connections above 80 % of capacity” began, at 91\u202F%"),
                new Change(Platform.Now.AddSeconds(1), "websocket-manager", "was scaled from 8 to 4"),
            ],
            ill.Changes.AsEnumerable());
    }

    [Fact]
    public void Runbook_is_judged_like_a_card_and_keeps_its_durations_but_fits_nothing_by_itself()
    {
        var runbook = WebSocketCard.Card with { Id = "service-down" };
        var model = Model with { Cards = [], Procedures = [runbook] };
        var first = PlatformHealth.Next(null, Ill(), model, new Dictionary<string, HumanAnswer>(), [], Platform.Now);

        var second = PlatformHealth.Next(first, Ill(), model, new Dictionary<string, HumanAnswer>(), [], Platform.Now.AddSeconds(1));

        Assert.Equal((1, Platform.Now), (second.Card("service-down")!.Matching, second.Card("service-down")!.Since));
        Assert.Empty(second.Cards);
        Assert.Same(runbook.Actions[0], model.Action("service-down", runbook.Actions[0].Id));
        Assert.Null(model.Action("service-down", "no-such"));
    }

    [Fact]
    public void Changes_are_kept_newest_first_up_to_a_bound()
    {
        var health = Next(null, Healthy(), Platform.Now);
        for (var i = 1; i <= Change.Kept + 5; i++)
            health = Next(health, i % 2 == 0 ? Healthy() : Ill(), Platform.Now.AddSeconds(i % 2));

        Assert.Equal(Change.Kept, health.Changes.Length);
    }

    [Fact]
    public void Card_carries_since_when_on() =>
        Assert.Equal(Platform.Now, Next(Next(null, Ill(), Platform.Now), Ill(), Platform.Now.AddSeconds(2)).Card(Tiles.WebSocket)!.Since);

    [Fact]
    public void Unknown_card_is_none() => Assert.Null(Next(null, Healthy(), Platform.Now).Card("nothing"));

    private static PlatformReadings Healthy() => Platform.Readings(WithService());

    private static PlatformReadings Ill() => Platform.Readings(WithService(), Platform.Cluster(Platform.Managers(4)));

    private static MetricsReading WithService() =>
        Platform.Metrics(("service.up{api}", 1), ("service.requests{api}", 50), ("service.errors{api}", 0.001), ("service.p95{api}", 0.1));

    private static PlatformHealth Next(PlatformHealth? previous, PlatformReadings readings, DateTimeOffset now) =>
        PlatformHealth.Next(previous, readings, Model, WebSocketCard.Unanswered, [], now);

    /// <summary>Every part in words: arrays compare by identity, their contents are what counts.</summary>
    private static string Text(PlatformHealth health) => string.Join('\n',
        [health.At.ToString("O"), health.Overall.ToString(), .. health.Changes.Select(change => change.ToString()),
            .. health.Services.Select(service => service.ToString()),
            .. health.Cards.SelectMany(card => card.Symptoms.Concat(card.ExitCriteria)).Select(state => state.ToString()),
            .. health.Tiles.SelectMany(tile => tile.Facts.Prepend(tile.Headline).Select(fact => $"{tile.Id} {tile.Status} {fact}")),
            .. health.Tiles.Select(tile => string.Join(',', tile.Trend.Points))]);
}
