using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Health;

public sealed class OverallHealthTests
{
    private static readonly Signal Figure = new("figure", 1, null, Platform.Now, Freshness.Fresh, "Prometheus");

    [Fact]
    public void Everything_fresh_and_good_is_green() => Assert.Equal(
        new OverallHealth(OverallStatus.Green, "All is well.", "Every critical part answers and is within its limits."),
        Decide([Tile(Tiles.WebSocket, HealthStatus.Good, "Healthy")], [Service(HealthStatus.Good, "Healthy")]));

    [Fact]
    public void Critical_service_down_is_red() => Assert.Equal(
        new OverallHealth(OverallStatus.Red, "API is down.", "Everything else holds."),
        Decide([], [Service(HealthStatus.Bad, "Down")]));

    [Fact]
    public void Other_service_down_is_yellow() => Assert.Equal(
        new OverallHealth(OverallStatus.Yellow, "API is down.", "Everything else holds."),
        Decide([], [Service(HealthStatus.Bad, "Down", critical: false)]));

    [Fact]
    public void Firing_page_is_red_and_stands_first() => Assert.Equal(
        new OverallHealth(OverallStatus.Red, "Checkout burns its budget. WebSockets are degraded.", "1 more concern below."),
        Decide([Tile(Tiles.WebSocket, HealthStatus.Bad, "Degraded"), Tile(Tiles.ReplicaLag, HealthStatus.Bad, "Lagging")], [],
            alerts: [new Concern(OverallStatus.Red, "Checkout burns its budget")]));

    [Theory]
    [InlineData(Tiles.WebSocket, HealthStatus.Bad, "Degraded", "WebSockets are degraded.")]
    [InlineData(Tiles.Redis, HealthStatus.Bad, "Failing", "Redis is failing.")]
    [InlineData(Tiles.Redis, HealthStatus.Bad, "Failing over", "Redis is failing over.")]
    [InlineData(Tiles.ReplicaLag, HealthStatus.Bad, "Lagging", "The replica lags.")]
    [InlineData("other", HealthStatus.Bad, "Broken", "A part is broken.")]
    [InlineData(Tiles.WebSocket, HealthStatus.Warn, "Elevated", "A part is elevated.")]
    [InlineData(Tiles.WebSocket, HealthStatus.Warn, "Stale", "A part is stale.")]
    [InlineData(Tiles.WebSocket, HealthStatus.Unknown, "Unknown", "A part is unknown.")]
    public void Tile_that_is_not_good_is_yellow_and_said_as_a_sentence(string id, HealthStatus status, string word, string sentence) =>
        Assert.Equal(new OverallHealth(OverallStatus.Yellow, sentence, "Everything else holds."), Decide([Tile(id, status, word)], []));

    [Theory]
    [InlineData(HealthStatus.Warn, "Slow", "API is slow.")]
    [InlineData(HealthStatus.Warn, "Errors", "API returns errors.")]
    [InlineData(HealthStatus.Unknown, "Unknown", "API is unknown.")]
    public void Service_outside_its_promise_is_yellow(HealthStatus status, string word, string sentence) =>
        Assert.Equal(new OverallHealth(OverallStatus.Yellow, sentence, "Everything else holds."), Decide([], [Service(status, word)]));

    [Fact]
    public void Silent_primary_source_is_unknown_and_says_why() => Assert.Equal(
        new OverallHealth(OverallStatus.Unknown, "The platform's health is unknown.", "Prometheus: connection refused."),
        Decide([Tile(Tiles.WebSocket, HealthStatus.Bad, "Degraded")], [], "Prometheus: connection refused", unknown: true));

    [Fact]
    public void Red_concern_outweighs_a_silent_primary_source() => Assert.Equal(OverallStatus.Red,
        Decide([], [], "Prometheus: timeout", unknown: true, alerts: [new Concern(OverallStatus.Red, "The site is down")]).Status);

    [Fact]
    public void Old_evidence_of_nothing_wrong_is_not_green() => Assert.Equal(
        new OverallHealth(OverallStatus.Yellow, "Nothing is known to be wrong, but the evidence is old.", "No answer from Prometheus for 5 s."),
        Decide([], [], "no answer from Prometheus for 5 s"));

    [Fact]
    public void Concern_that_two_parts_share_is_said_once() => Assert.Equal("Everything else holds.",
        Decide([], [], alerts: [new Concern(OverallStatus.Yellow, "Same"), new Concern(OverallStatus.Yellow, "Same")]).Detail);

    [Fact]
    public void Many_concerns_are_counted() => Assert.Equal(
        new OverallHealth(OverallStatus.Yellow, "One. Two.", "2 more concerns below."),
        Decide([], [], alerts: [.. new[] { "One", "Two", "Three", "Four" }.Select(name => new Concern(OverallStatus.Yellow, name))]));

    [Fact]
    public void Part_that_is_not_configured_worries_nobody() =>
        Assert.Equal(OverallStatus.Green, Decide([Tile(Tiles.Redis, HealthStatus.NotConfigured, "Not configured")], []).Status);

    private static OverallHealth Decide(
        ImmutableArray<Tile> tiles, ImmutableArray<ServiceHealth> services, string? doubt = null, bool unknown = false,
        params ImmutableArray<Concern> alerts) => OverallHealth.Decide(tiles, services, doubt, unknown, alerts.IsDefault ? [] : alerts);

    private static Tile Tile(string id, HealthStatus status, string word) =>
        new(id, "A part", status, word, null, new TileFact("Figure", Figure, FigureUnit.Count), null, [], Trend.Empty, null);

    private static ServiceHealth Service(HealthStatus status, string word, bool critical = true) =>
        new(new ServiceFacts("api", "API", critical, null, null), status, word, null, Figure, Figure, Figure);
}
