using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Health;

/// <summary>A figure on a tile: its label, its unit and the signal that holds it.</summary>
/// <param name="Label">What a person calls it.</param>
/// <param name="Signal">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Text">Words to show in place of the figure, for names and pairs; null to write the figure.</param>
public sealed record TileFact(string Label, Signal Signal, FigureUnit Unit, string? Text = null);

/// <summary>A threshold drawn into the trend.</summary>
/// <param name="Value">The bound, in the headline's unit.</param>
/// <param name="Label">The bound in words, for example <c>exit &lt; 70 %</c>.</param>
public sealed record TileThreshold(double Value, string Label);

/// <summary>One watched part of the platform at an instant.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Status">How it is.</param>
/// <param name="Word">The status in one word that fits this part.</param>
/// <param name="Doubt">Why the evidence is not to be relied upon; null when it is.</param>
/// <param name="Headline">The figure that matters most.</param>
/// <param name="Threshold">The bound drawn in the trend; null when the headline has none.</param>
/// <param name="Facts">Supporting figures.</param>
/// <param name="Trend">The headline's recent history.</param>
/// <param name="Card">Id of the card that fits; null when there is none.</param>
public sealed record Tile(
    string Id, string Title, HealthStatus Status, string Word, string? Doubt, TileFact Headline, TileThreshold? Threshold,
    ImmutableArray<TileFact> Facts, Trend Trend, string? Card);

/// <summary>A short history at a fixed pace; a gap is null, never zero.</summary>
/// <param name="Points">Oldest first, at most <see cref="Length"/>.</param>
/// <param name="NewestAt">When the newest point was taken; null when there is none.</param>
public sealed record Trend(ImmutableArray<double?> Points, DateTimeOffset? NewestAt)
{
    /// <summary>Points kept.</summary>
    public const int Length = 120;

    /// <summary>Time between points; 120 of them make ten minutes.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>No history.</summary>
    public static readonly Trend Empty = new([], null);

    /// <summary>The history with one more point, if the step has passed; a clock that jumped back starts a new step.</summary>
    public Trend With(double? value, DateTimeOffset now)
    {
        if (NewestAt is { } newest && now >= newest && now - newest < Step) return this;
        var points = Points.Length >= Length ? Points.RemoveRange(0, Points.Length - Length + 1) : Points;
        return new Trend(points.Add(value), now);
    }
}
