using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;

namespace Cockpit.Tests.Health;

public sealed class TilesTests
{
    private static readonly Card LagCard = WebSocketCard.Card with
    {
        Id = Tiles.ReplicaLag,
        Symptoms =
        [
            WebSocketCard.Above("lag", "Lag above 5 s", SignalIds.ReplicaLag, 5, FigureUnit.Seconds),
            WebSocketCard.Above("missing", "A replica is missing", SignalIds.ReplicasMissing, 0, FigureUnit.Count),
        ],
        ExitCriteria = [WebSocketCard.Below("lag-normal", "Lag below 1 s", SignalIds.ReplicaLag, 1, FigureUnit.Seconds)],
    };

    private static readonly Card RedisCard = WebSocketCard.Card with
    {
        Id = Tiles.Redis,
        Symptoms = [WebSocketCard.Above("nodes", "A node does not answer", SignalIds.RedisNodesUnreachable, 0, FigureUnit.Count)],
        ExitCriteria = [WebSocketCard.Below("nodes-normal", "Every node answers", SignalIds.RedisNodesUnreachable, 1, FigureUnit.Count)],
    };

    [Fact]
    public void Tile_with_a_symptom_is_bad()
    {
        var tile = WebSocket(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(4))));

        Assert.Equal((HealthStatus.Bad, "Degraded", null), (tile.Status, tile.Word, tile.Doubt));
        Assert.Equal(0.91, tile.Headline.Signal.Value);
        Assert.Equal(new TileThreshold(0.8, "alarm > 80\u202F%, exit < 70\u202F%"), tile.Threshold);
    }

    [Fact]
    public void Tile_between_symptom_and_exit_is_a_warning() =>
        AssertTile(HealthStatus.Warn, "Elevated", null, WebSocket(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(5)))));

    [Fact]
    public void Tile_within_every_exit_criterion_is_good() =>
        AssertTile(HealthStatus.Good, "Healthy", null, WebSocket(Platform.Readings()));

    [Fact]
    public void Tile_on_old_evidence_is_stale_and_keeps_its_figure()
    {
        var tile = WebSocket(Platform.Readings() with { Metrics = Platform.Seen("Prometheus", Platform.Metrics(), TimeSpan.FromSeconds(5)) });

        AssertTile(HealthStatus.Warn, "Stale", "no answer from Prometheus for 5\u202Fs", tile);
        Assert.Equal(0.455, tile.Headline.Signal.Value);
        Assert.Equal([null], tile.Trend.Points.AsEnumerable());
    }

    [Fact]
    public void Tile_on_evidence_older_than_ten_intervals_is_unknown() =>
        AssertTile(HealthStatus.Unknown, "Unknown", "no answer from Prometheus for 11\u202Fs",
            WebSocket(Platform.Readings() with { Metrics = Platform.Seen("Prometheus", Platform.Metrics(), TimeSpan.FromSeconds(11)) }));

    [Fact]
    public void Tile_before_the_first_answer_is_unknown() =>
        Assert.All(Build(Platform.Waiting), tile => Assert.Equal(HealthStatus.Unknown, tile.Status));

    [Fact]
    public void Tile_without_a_source_is_not_configured() =>
        Assert.All(Build(Platform.NothingConfigured), tile => Assert.Equal((HealthStatus.NotConfigured, "Not configured"), (tile.Status, tile.Word)));

    [Fact]
    public void Tile_with_a_condition_that_cannot_be_told_is_never_good() =>
        AssertTile(HealthStatus.Unknown, "Unknown", "the source returned no such series",
            WebSocket(Platform.Readings(Platform.Metrics((SignalIds.DeliveryP95, null)))));

    [Fact]
    public void Symptom_outweighs_missing_evidence_beside_it()
    {
        var readings = Platform.Readings(Platform.Metrics((SignalIds.DeliveryP95, null)), Platform.Cluster(Platform.Managers(4)));

        AssertTile(HealthStatus.Bad, "Degraded", "the source returned no such series", WebSocket(readings));
    }

    [Fact]
    public void Stale_evidence_warns_even_when_other_evidence_is_missing_before_it()
    {
        var unmeasured = Platform.Standby("standby-1", 0.2, 0) with { BytesBehind = null };
        var readings = Platform.Readings(replication: Platform.Replication(unmeasured));
        readings = readings with { Metrics = Platform.Seen("Prometheus", Platform.Metrics(), TimeSpan.FromSeconds(5)) };

        AssertTile(HealthStatus.Warn, "Stale", "no answer from Prometheus for 5\u202Fs", Lag(readings));
    }

    [Fact]
    public void Vanished_replica_is_bad_and_not_absent()
    {
        var tile = Lag(Platform.Readings(replication: Platform.Replication(Platform.Vanished("standby-1"))));

        AssertTile(HealthStatus.Bad, "Lagging", "standby-1: the primary does not stream to it", tile);
        Assert.Equal("0 / 1", tile.Facts.Single(fact => fact.Label == "Standbys streaming").Text);
    }

    [Fact]
    public void Running_failover_is_named()
    {
        var redis = Platform.Redis(Platform.Silent("redis-0:6379"), Platform.Replica("redis-1:6379", 9)) with { FailoverInProgress = true };

        var tile = Build(Platform.Readings(redis: redis)).Single(tile => tile.Id == Tiles.Redis);

        Assert.Equal((HealthStatus.Bad, "Failing over"), (tile.Status, tile.Word));
    }

    [Fact]
    public void Missing_offset_gap_alone_is_no_doubt()
    {
        var redis = Platform.Redis(Platform.Master(1_000));

        Assert.Equal((HealthStatus.Good, null), Build(Platform.Readings(redis: redis))
            .Where(tile => tile.Id == Tiles.Redis).Select(tile => (tile.Status, tile.Doubt)).Single());
    }

    [Fact]
    public void Tile_carries_its_trend_on()
    {
        var first = Build(Platform.Readings(cluster: Platform.Cluster(Platform.Managers(4))));
        var later = Platform.Now + Trend.Step;
        var board = SignalDerivation.Derive(Platform.Readings(), PlatformFacts.Reference, Platform.Now);

        var second = Tiles.Build(first, board, [], Platform.Readings(), later);

        Assert.Equal([0.91, 0.455], second[0].Trend.Points.AsEnumerable());
    }

    [Fact]
    public void Tile_without_a_card_draws_no_threshold()
    {
        var board = SignalDerivation.Derive(Platform.Readings(), PlatformFacts.Reference, Platform.Now);

        var tile = Tiles.Build([], board, [], Platform.Readings(), Platform.Now)[0];

        Assert.Equal((null, null, HealthStatus.Good), (tile.Threshold, tile.Card, tile.Status));
    }

    private static void AssertTile(HealthStatus status, string word, string? doubt, Tile tile) =>
        Assert.Equal((status, word, doubt), (tile.Status, tile.Word, tile.Doubt));

    private static Tile WebSocket(PlatformReadings readings) => Build(readings).Single(tile => tile.Id == Tiles.WebSocket);

    private static Tile Lag(PlatformReadings readings) => Build(readings).Single(tile => tile.Id == Tiles.ReplicaLag);

    private static ImmutableArray<Tile> Build(PlatformReadings readings)
    {
        var board = SignalDerivation.Derive(readings, PlatformFacts.Reference, Platform.Now);
        ImmutableArray<CardState> cards =
        [
            .. new[] { WebSocketCard.Card, RedisCard, LagCard }.Select(card => CardState.Next(null, card, board, WebSocketCard.Unanswered, Platform.Now)),
        ];
        return Tiles.Build([], board, cards, readings, Platform.Now);
    }
}
