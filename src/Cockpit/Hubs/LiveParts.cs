using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Hubs;

/// <summary>The platform's colour and why. Section <c>overall</c>.</summary>
public sealed record LiveOverall(string Status, string Sentence, string Detail);

/// <summary>Whether the cockpit can record, and so act. Section <c>storage</c>.</summary>
public sealed record LiveStorage(bool Available, string? Reason);

/// <summary>One line for a watched part or a service. Sections <c>part/{id}</c>.</summary>
public sealed record LivePart(string Title, string Status, string Word, string? Reason);

/// <summary>A watched part with its figures. Sections <c>tile/{id}</c>; its history is in <c>trend/{id}</c>.</summary>
/// <param name="Title">What a person calls it.</param>
/// <param name="Headline">The figure that matters most, with the part's status, word and reason.</param>
/// <param name="Facts">Supporting figures.</param>
/// <param name="Card">Id of the card that fits.</param>
public sealed record LiveTile(string Title, LiveFigure Headline, IReadOnlyList<LiveFigure> Facts, string? Card)
{
    public static LiveTile Of(Tile tile)
    {
        var threshold = tile.Threshold is { } bound ? new LiveThreshold(bound.Value, bound.Label) : null;
        var headline = LiveFigure.Of(tile.Headline.Signal, tile.Headline.Label, tile.Headline.Unit, tile.Headline.Text, threshold,
            LiveWords.Of(tile.Status), tile.Word);
        return new LiveTile(tile.Title, headline with { Reason = tile.Doubt ?? headline.Reason },
            [.. tile.Facts.Select(fact => LiveFigure.Of(fact.Signal, fact.Label, fact.Unit, fact.Text))], tile.Card);
    }
}

/// <summary>A short history. A gap is null, never zero.</summary>
/// <param name="StepSeconds">Time between points.</param>
/// <param name="NewestAt">When the newest point was taken, milliseconds since 1970.</param>
/// <param name="Points">Oldest first.</param>
public sealed record LiveTrend(double StepSeconds, long? NewestAt, IReadOnlyList<double?> Points)
{
    public static LiveTrend Of(Trend trend) =>
        new(Trend.Step.TotalSeconds, trend.NewestAt?.ToUnixTimeMilliseconds(), [.. trend.Points]);
}

/// <summary>A service. Sections <c>service/{id}</c>.</summary>
public sealed record LiveService(
    string Title, bool Critical, string Status, string Word, string? Reason, LiveFigure Requests, LiveFigure Errors, LiveFigure ResponseP95)
{
    public static LiveService Of(ServiceHealth service) => new(
        service.Facts.Title, service.Facts.Critical, LiveWords.Of(service.Status), service.Word, service.Doubt,
        LiveFigure.Of(service.Requests, "Requests", FigureUnit.PerSecond),
        LiveFigure.Of(service.Errors, "Errors", FigureUnit.Ratio, threshold: Below(service.Facts.ErrorRatioLimit, FigureUnit.Ratio)),
        LiveFigure.Of(service.ResponseP95, "p95", FigureUnit.Seconds, threshold: Below(service.Facts.ResponseP95Limit, FigureUnit.Seconds)));

    private static LiveThreshold? Below(double? limit, FigureUnit unit) =>
        limit is { } bound ? new LiveThreshold(bound, $"below {FigureText.Write(bound, unit)}") : null;
}

/// <summary>Something that changed on the platform. Section <c>changes</c> holds a list, the newest first.</summary>
public sealed record LiveChange(long At, string Subject, string What);
