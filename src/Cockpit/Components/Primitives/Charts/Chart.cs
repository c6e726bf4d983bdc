using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Components.Primitives.Charts;

/// <summary>A picture of figures over time, free of the library that draws it.</summary>
/// <param name="Summary">What the picture shows, as sentences: for those who cannot see it, and for when it cannot be drawn.</param>
/// <param name="Axis">The figures' scale, on the left.</param>
/// <param name="Series">Drawn in order, the last one on top.</param>
/// <param name="Bounds">Horizontal lines that the figures are held against.</param>
/// <param name="Spans">Stretches of time that are marked.</param>
/// <param name="Window">The time shown before anybody zooms.</param>
/// <param name="SecondAxis">A scale on the right, for series that ask for it; null when none does.</param>
public sealed record Chart(
    string Summary, ChartAxis Axis, ImmutableArray<ChartSeries> Series, ImmutableArray<ChartBound> Bounds,
    ImmutableArray<ChartSpan> Spans, Period Window, ChartAxis? SecondAxis = null);

/// <summary>A scale.</summary>
/// <param name="Unit">Written after each figure, for example "%"; empty for none.</param>
/// <param name="From">Its lowest figure; null lets the figures decide.</param>
/// <param name="To">Its highest figure; null lets the figures decide.</param>
/// <param name="IsMute">True leaves its figures to be read where somebody points at them.</param>
public sealed record ChartAxis(string Unit, double? From = null, double? To = null, bool IsMute = false);

/// <summary>Figures that belong together.</summary>
/// <param name="Name">What a person calls them.</param>
/// <param name="Tone">Their colour.</param>
/// <param name="Form">How they are drawn.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="OnSecondAxis">True when they are measured on the right.</param>
public sealed record ChartSeries(string Name, ChartTone Tone, ChartForm Form, ImmutableArray<ChartPoint> Points, bool OnSecondAxis = false);

/// <summary>One figure.</summary>
/// <param name="At">When.</param>
/// <param name="Value">The figure; null breaks the line.</param>
/// <param name="Note">Said beside the figure where somebody points at it; null for nothing.</param>
public readonly record struct ChartPoint(DateTimeOffset At, double? Value, string? Note = null);

/// <summary>A figure to stay on one side of.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Label">What a person calls it.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="LabelBelow">True writes the label under the line: where the figures run above it.</param>
public sealed record ChartBound(double Value, string Label, ChartTone Tone, bool LabelBelow = false);

/// <summary>A marked stretch of time.</summary>
public sealed record ChartSpan(Period Period, string Label, ChartTone Tone);

/// <summary>Colours by meaning; the theme decides what they look like.</summary>
public enum ChartTone
{
    /// <summary>The figure the chart is about.</summary>
    Accent,

    /// <summary>Good.</summary>
    Good,

    /// <summary>A warning.</summary>
    Warn,

    /// <summary>Bad.</summary>
    Bad,

    /// <summary>Context, or unknown.</summary>
    Quiet,
}

/// <summary>How a series is drawn.</summary>
public enum ChartForm
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A line with the ground down to zero washed.</summary>
    Area,

    /// <summary>A dotted line.</summary>
    Dotted,

    /// <summary>Bars.</summary>
    Bars,
}
