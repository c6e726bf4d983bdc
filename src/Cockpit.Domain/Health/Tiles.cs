using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Health;

/// <summary>Builds the three tiles of the operations page from the board and from the cards that watch the same parts.</summary>
public static class Tiles
{
    /// <summary>Id of the WebSocket tile, and of the card that watches it.</summary>
    public const string WebSocket = "degraded-websockets";

    /// <summary>Id of the Redis tile, and of the card that watches it.</summary>
    public const string Redis = "redis-failover";

    /// <summary>Id of the replica-lag tile, and of the card that watches it.</summary>
    public const string ReplicaLag = "replica-lag";

    /// <summary>All tiles, in reading order.</summary>
    public static ImmutableArray<Tile> Build(
        ImmutableArray<Tile> previous, SignalBoard board, ImmutableArray<CardState> cards, PlatformReadings readings, DateTimeOffset now) =>
    [
        Build(WebSocket, "WebSocket", Fact("Capacity in use", SignalIds.CapacityUse, FigureUnit.Ratio, board),
            [
                Fact("Connections", SignalIds.Connections, FigureUnit.Count, board, Of(board, SignalIds.Connections, SignalIds.Capacity)),
                Fact("Delivery p95", SignalIds.DeliveryP95, FigureUnit.Seconds, board),
                Fact("Reconnect success", SignalIds.ReconnectSuccess, FigureUnit.Ratio, board),
                Fact("Managers ready", SignalIds.ManagersReady, FigureUnit.Count, board, Of(board, SignalIds.ManagersReady, SignalIds.ManagersWanted)),
            ],
            board[SignalIds.ManagersReady].Fresh == 0 ? "Down" : null, "Degraded", ["websocket."], previous, cards, now),
        Build(Redis, "Redis", Fact("Operations p95", SignalIds.RedisLatency, FigureUnit.Seconds, board),
            [
                Fact("Master", SignalIds.RedisMasterAgreed, FigureUnit.Count, board, readings.Redis.Latest?.Value.Master ?? FigureText.None),
                Fact("Replicas in sync", SignalIds.RedisReplicasInSync, FigureUnit.Count, board, Of(board, SignalIds.RedisReplicasInSync, SignalIds.RedisReplicas)),
                Fact("Sentinels agree", SignalIds.SentinelsAgreeing, FigureUnit.Count, board, Of(board, SignalIds.SentinelsAgreeing, SignalIds.Sentinels)),
                Fact("Loss if failed over now", SignalIds.RedisOffsetGap, FigureUnit.Bytes, board),
            ],
            board[SignalIds.RedisFailover].Fresh == 1 ? "Failing over" : board[SignalIds.RedisMasterAgreed].Fresh == 0 ? "No master" : null,
            "Failing", ["redis."], previous, cards, now),
        Build(ReplicaLag, "Replica lag", Fact("Behind", SignalIds.ReplicaLag, FigureUnit.Seconds, board),
            [
                Fact("WAL to replay", SignalIds.ReplicaBytesBehind, FigureUnit.Bytes, board),
                Fact("Standbys streaming", SignalIds.ReplicasPresent, FigureUnit.Count, board, Of(board, SignalIds.ReplicasPresent, SignalIds.Replicas)),
                Fact("Read p95", SignalIds.ReadLatency, FigureUnit.Seconds, board),
                Fact("Longest query on a standby", SignalIds.ReplicaLongestQuery, FigureUnit.Seconds, board),
            ],
            null, "Lagging", ["replica.", "database."], previous, cards, now),
    ];

    private static Tile Build(
        string id, string title, TileFact headline, ImmutableArray<TileFact> facts, string? gone, string badWord, ImmutableArray<string> own,
        ImmutableArray<Tile> previous, ImmutableArray<CardState> cards, DateTimeOffset now)
    {
        var card = cards.FirstOrDefault(state => state.Card.Id == id);
        var (status, word, doubt) = Decide(card, headline, facts, gone, badWord, own);
        var before = previous.IsDefaultOrEmpty ? null : previous.FirstOrDefault(tile => tile.Id == id);
        var trend = (before?.Trend ?? Trend.Empty).With(headline.Signal.Fresh, now);
        return new Tile(id, title, status, word, doubt, headline, ThresholdOf(card, headline), facts, trend, card?.Card.Id);
    }

    /// <summary>
    /// What is gone altogether is bad, whatever else is known. Only the card's conditions on this part's own signals count: a card may also list what suffers elsewhere. A present symptom is bad;
    /// a doubtful figure is unknown or, while merely old, a warning; an unmet exit criterion is a warning.
    /// </summary>
    private static (HealthStatus Status, string Word, string? Doubt) Decide(
        CardState? card, TileFact headline, ImmutableArray<TileFact> facts, string? gone, string badWord, ImmutableArray<string> own)
    {
        bool IsOwn(ConditionState state) =>
            state.Condition is SignalCondition condition && own.Any(prefix => condition.Signal.StartsWith(prefix, StringComparison.Ordinal));

        var doubtful = facts.Select(fact => fact.Signal).Prepend(headline.Signal)
            .Where(signal => signal.Freshness != Freshness.Fresh && !IsQuiet(signal)).ToImmutableArray();
        var symptom = card?.Symptoms.FirstOrDefault(state => IsOwn(state) && state.Verdict == Verdict.Holds);
        if (headline.Signal.Freshness == Freshness.NotConfigured) return (HealthStatus.NotConfigured, "Not configured", headline.Signal.Gap);
        if (gone is not null) return (HealthStatus.Bad, gone, doubtful.FirstOrDefault()?.Gap);
        if (symptom is not null) return (HealthStatus.Bad, badWord, doubtful.FirstOrDefault()?.Gap);
        if (headline.Signal.Freshness == Freshness.Unknown) return (HealthStatus.Unknown, "Unknown", headline.Signal.Gap);
        if (doubtful.FirstOrDefault(signal => signal.Freshness == Freshness.Stale) is { } old) return (HealthStatus.Warn, "Stale", old.Gap);
        if (card is not null && card.Symptoms.Concat(card.ExitCriteria).FirstOrDefault(state => IsOwn(state) && state.Verdict == Verdict.Unknown) is { } untold)
            return (HealthStatus.Unknown, "Unknown", untold.Signal!.Gap);
        var unmet = card?.ExitCriteria.FirstOrDefault(state => IsOwn(state) && state.Verdict == Verdict.DoesNotHold);
        return unmet is null ? (HealthStatus.Good, "Healthy", null) : (HealthStatus.Warn, "Elevated", null);
    }

    /// <summary>The offset gap is missing whenever no replica is in sync, which its own line says already.</summary>
    private static bool IsQuiet(Signal signal) => signal.Id is SignalIds.RedisOffsetGap;

    private static TileThreshold? ThresholdOf(CardState? card, TileFact headline)
    {
        if (card is null) return null;
        var symptom = card.Card.Symptoms.OfType<SignalCondition>().FirstOrDefault(condition => condition.Signal == headline.Signal.Id);
        var exit = card.Card.ExitCriteria.OfType<SignalCondition>().FirstOrDefault(condition => condition.Signal == headline.Signal.Id);
        return (symptom ?? exit) is not { } drawn ? null : new TileThreshold(drawn.Threshold,
            exit is null ? $"alarm {Write(drawn)}" : symptom is null ? Write(exit) : $"alarm {Write(symptom)}, exit {Write(exit)}");
    }

    private static string Write(SignalCondition condition) =>
        $"{condition.Comparison.Sign()} {FigureText.Write(condition.Threshold, condition.Unit)}";

    private static TileFact Fact(string label, string signal, FigureUnit unit, SignalBoard board, string? text = null) =>
        new(label, board[signal], unit, text);

    private static string? Of(SignalBoard board, string part, string whole) =>
        board[part].Value is { } some && board[whole].Value is { } all
            ? $"{FigureText.Write(some, FigureUnit.Count)} / {FigureText.Write(all, FigureUnit.Count)}" : null;
}
