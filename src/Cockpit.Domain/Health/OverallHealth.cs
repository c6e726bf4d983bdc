using System.Collections.Immutable;

namespace Cockpit.Domain.Health;

/// <summary>The platform's colour.</summary>
public enum OverallStatus
{
    /// <summary>The platform's primary source says nothing.</summary>
    Unknown,

    /// <summary>Everything critical is fresh and good.</summary>
    Green,

    /// <summary>Something is degraded, or critical evidence is old or missing.</summary>
    Yellow,

    /// <summary>A critical part is down or a promise is being broken now.</summary>
    Red,
}

/// <summary>Something that speaks against green.</summary>
/// <param name="Weight">The colour it asks for.</param>
/// <param name="Sentence">What is wrong, as a sentence without its full stop.</param>
public sealed record Concern(OverallStatus Weight, string Sentence);

/// <summary>The platform's colour and its reason.</summary>
/// <param name="Status">The colour.</param>
/// <param name="Sentence">What is true now, as a person would say it.</param>
/// <param name="Detail">A second sentence: the rest, or what to rely on.</param>
public sealed record OverallHealth(OverallStatus Status, string Sentence, string Detail)
{
    private const int NamedAtMost = 2;

    /// <summary>
    /// Decides the colour: red by any red concern, else unknown when the primary source says nothing, else yellow by any concern,
    /// else green.
    /// </summary>
    /// <param name="tiles">The watched parts.</param>
    /// <param name="services">The services.</param>
    /// <param name="primaryDoubt">Why the primary source is not to be relied upon; null when it is.</param>
    /// <param name="primaryUnknown">True when the primary source says nothing at all.</param>
    /// <param name="alerts">Concerns from firing alerts and burn rates.</param>
    public static OverallHealth Decide(
        ImmutableArray<Tile> tiles, ImmutableArray<ServiceHealth> services, string? primaryDoubt, bool primaryUnknown, ImmutableArray<Concern> alerts)
    {
        var concerns = alerts.Concat(tiles.SelectMany(OfTile)).Concat(services.SelectMany(OfService))
            .OrderByDescending(concern => concern.Weight).DistinctBy(concern => concern.Sentence).ToImmutableArray();
        var red = concerns.Any(concern => concern.Weight == OverallStatus.Red);
        if (primaryUnknown && !red)
            return new(OverallStatus.Unknown, "The platform's health is unknown.", $"{Capital(primaryDoubt ?? "the primary source says nothing")}.");
        if (concerns.IsEmpty)
            return primaryDoubt is null
                ? new(OverallStatus.Green, "All is well.", "Every critical part answers and is within its limits.")
                : new(OverallStatus.Yellow, "Nothing is known to be wrong, but the evidence is old.", $"{Capital(primaryDoubt)}.");

        var named = concerns.Take(NamedAtMost).Select(concern => concern.Sentence + ".");
        var more = concerns.Length - NamedAtMost;
        return new(red ? OverallStatus.Red : OverallStatus.Yellow, string.Join(' ', named),
            more > 0 ? $"{more} more {(more == 1 ? "concern" : "concerns")} below." : "Everything else holds.");
    }

    private static IEnumerable<Concern> OfTile(Tile tile)
    {
        if (tile.Status == HealthStatus.Bad) yield return new(OverallStatus.Yellow, BadSentence(tile));
        else if (tile.Status == HealthStatus.Unknown) yield return new(OverallStatus.Yellow, $"{tile.Title} is unknown");
        else if (tile.Status == HealthStatus.Warn) yield return new(OverallStatus.Yellow, $"{tile.Title} is {tile.Word.ToLowerInvariant()}");
    }

    private static IEnumerable<Concern> OfService(ServiceHealth service)
    {
        var name = service.Facts.Title;
        if (service.Status == HealthStatus.Bad)
            yield return new(service.Facts.Critical ? OverallStatus.Red : OverallStatus.Yellow, $"{name} is down");
        else if (service.Status == HealthStatus.Unknown && service.Facts.Critical) yield return new(OverallStatus.Yellow, $"{name} is unknown");
        else if (service.Status == HealthStatus.Warn)
            yield return new(OverallStatus.Yellow, service.Word == "Slow" ? $"{name} is slow" : $"{name} returns errors");
    }

    private static string BadSentence(Tile tile) => tile.Id switch
    {
        Tiles.WebSocket => tile.Word == "Down" ? "No WebSocket manager is ready" : "WebSockets are degraded",
        Tiles.Redis => tile.Word == "No master" ? "Redis has no master" : $"Redis is {tile.Word.ToLowerInvariant()}",
        Tiles.ReplicaLag => "The replica lags",
        _ => $"{tile.Title} is {tile.Word.ToLowerInvariant()}",
    };

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
