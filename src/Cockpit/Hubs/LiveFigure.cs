using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Hubs;

/// <summary>A bound that a figure is held against.</summary>
/// <param name="Value">The bound, in the figure's unit.</param>
/// <param name="Text">The bound in words.</param>
public sealed record LiveThreshold(double Value, string Text);

/// <summary>A figure as it travels. Members that do not apply are left out of the JSON.</summary>
/// <param name="Id">The signal's id.</param>
/// <param name="Label">What a person calls it; left out in sections <c>figure/{id}</c>, where each condition has words of its own.</param>
/// <param name="Value">The figure in <paramref name="Unit"/>; left out where there is a gap.</param>
/// <param name="Text">The figure in words.</param>
/// <param name="Unit">count, ratio, percent, seconds, bytes, perSecond or perMinute.</param>
/// <param name="Threshold">The bound it is held against.</param>
/// <param name="ObservedAt">When it was true, milliseconds since 1970; left out when it never was seen.</param>
/// <param name="Source">Who said so.</param>
/// <param name="Freshness">fresh, stale, unknown or notConfigured.</param>
/// <param name="Status">good, warn, bad, unknown or notConfigured; left out where the figure alone is not judged.</param>
/// <param name="Word">The status in one word.</param>
/// <param name="Reason">Why there is no figure or why it is doubtful.</param>
public sealed record LiveFigure(
    string Id, string? Label, double? Value, string Text, string Unit, LiveThreshold? Threshold, long? ObservedAt, string Source,
    string Freshness, string? Status, string? Word, string? Reason)
{
    public static LiveFigure Of(
        Signal signal, string? label, FigureUnit unit, string? text = null, LiveThreshold? threshold = null, string? status = null, string? word = null) =>
        new(signal.Id, label, signal.Value, text ?? FigureText.Write(signal.Value, unit), LiveWords.Of(unit), threshold,
            signal.ObservedAt?.ToUnixTimeMilliseconds(), signal.Source, LiveWords.Of(signal.Freshness), status, word, signal.Gap);
}
