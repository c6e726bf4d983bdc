using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cockpit.Components.Primitives.Charts;

/// <summary>
/// Writes a chart the way Plotly reads it. Colours are written as the names of CSS variables and instants as milliseconds since 1970 (UTC);
/// the script puts in the theme's colours and the reader's time zone.
/// </summary>
public static class PlotlyFigure
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The figure as JSON; the same chart gives the same text.</summary>
    public static string Write(Chart chart)
    {
        var figure = new JsonObject
        {
            ["data"] = new JsonArray([.. chart.Series.Select(series => Trace(series, chart))]),
            ["layout"] = Layout(chart),
        };
        return figure.ToJsonString(Compact);
    }

    private static JsonObject Trace(ChartSeries series, Chart chart)
    {
        var unit = (series.OnSecondAxis ? chart.SecondAxis : chart.Axis)?.Unit ?? "";
        var colour = Colour(series.Tone);
        var hasNotes = series.Points.Any(point => point.Note is not null);
        var trace = new JsonObject
        {
            ["name"] = series.Name,
            ["x"] = new JsonArray([.. series.Points.Select(point => (JsonNode?)point.At.ToUnixTimeMilliseconds())]),
            ["y"] = new JsonArray([.. series.Points.Select(point => point.Value is { } value ? (JsonNode?)Rounded(value) : null)]),
            ["type"] = series.Form == ChartForm.Bars ? "bar" : "scatter",
            ["hovertemplate"] = "%{y:.4~g}" + (unit.Length == 0 ? "" : $"\u202F{unit}") + (hasNotes ? "  %{text}" : "") + $"<extra>{series.Name}</extra>",
        };
        if (hasNotes) trace["text"] = new JsonArray([.. series.Points.Select(point => (JsonNode?)(point.Note ?? ""))]);
        if (series.OnSecondAxis) trace["yaxis"] = "y2";
        if (series.Form == ChartForm.Bars)
        {
            trace["marker"] = new JsonObject { ["color"] = colour, ["line"] = new JsonObject { ["width"] = 0 } };
            trace["opacity"] = 0.28;
            return trace;
        }

        trace["mode"] = "lines";
        trace["connectgaps"] = false;
        trace["line"] = new JsonObject { ["color"] = colour, ["width"] = series.Form == ChartForm.Dotted ? 1.5 : 2, ["dash"] = series.Form == ChartForm.Dotted ? "dot" : "solid" };
        if (series.Form == ChartForm.Area)
        {
            trace["fill"] = "tozeroy";
            trace["fillcolor"] = Wash(series.Tone);
        }

        return trace;
    }

    private static JsonObject Layout(Chart chart)
    {
        var layout = new JsonObject
        {
            ["xaxis"] = new JsonObject
            {
                ["range"] = new JsonArray(chart.Window.StartAt.ToUnixTimeMilliseconds(), chart.Window.EndAt.ToUnixTimeMilliseconds()),
            },
            ["yaxis"] = Axis(chart.Axis),
            ["showlegend"] = chart.Series.Length > 1,
            ["shapes"] = new JsonArray([.. chart.Spans.Select(span => Span(span, chart.Window)), .. chart.Bounds.Select(Bound)]),
            ["annotations"] = new JsonArray([.. chart.Bounds.Select(BoundLabel), .. chart.Spans.Select(span => SpanLabel(span, chart.Window))]),
        };
        if (chart.SecondAxis is { } second)
        {
            var axis = Axis(second);
            axis["overlaying"] = "y";
            axis["side"] = "right";
            axis["showgrid"] = false;
            layout["yaxis2"] = axis;
        }

        return layout;
    }

    private static JsonObject Axis(ChartAxis axis)
    {
        var written = new JsonObject { ["ticksuffix"] = axis.Unit.Length == 0 ? "" : $"\u202F{axis.Unit}" };
        if (axis.From is not null || axis.To is not null)
            written["range"] = new JsonArray(axis.From is { } from ? Rounded(from) : null, axis.To is { } to ? Rounded(to) : null);
        else
            written["rangemode"] = "tozero";
        if (axis.IsMute) written["showticklabels"] = false;
        return written;
    }

    /// <summary>A span too short to be seen as an area is drawn as a line.</summary>
    private static JsonNode Span(ChartSpan span, Domain.Slo.Period window) => new JsonObject
    {
        ["type"] = "rect",
        ["xref"] = "x",
        ["yref"] = "paper",
        ["x0"] = span.Period.StartAt.ToUnixTimeMilliseconds(),
        ["x1"] = span.Period.EndAt.ToUnixTimeMilliseconds(),
        ["y0"] = 0,
        ["y1"] = 1,
        ["fillcolor"] = Wash(span.Tone),
        ["line"] = span.Period.Length < window.Length / 200 ? new JsonObject { ["color"] = Colour(span.Tone), ["width"] = 1.5 } : new JsonObject { ["width"] = 0 },
        ["layer"] = "below",
    };

    /// <summary>The label stands within its span, or before one that begins where there is no room left.</summary>
    private static JsonNode SpanLabel(ChartSpan span, Domain.Slo.Period window) => new JsonObject
    {
        ["text"] = span.Label,
        ["xref"] = "x",
        ["yref"] = "paper",
        ["x"] = span.Period.StartAt.ToUnixTimeMilliseconds(),
        ["y"] = 0,
        ["xanchor"] = window.EndAt - span.Period.StartAt < window.Length / 10 ? "right" : "left",
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
        ["font"] = new JsonObject { ["color"] = Colour(span.Tone), ["size"] = 11 },
    };

    private static JsonNode Bound(ChartBound bound) => new JsonObject
    {
        ["type"] = "line",
        ["xref"] = "paper",
        ["yref"] = "y",
        ["x0"] = 0,
        ["x1"] = 1,
        ["y0"] = Rounded(bound.Value),
        ["y1"] = Rounded(bound.Value),
        ["line"] = new JsonObject { ["color"] = Colour(bound.Tone), ["width"] = 1, ["dash"] = "dash" },
    };

    private static JsonNode BoundLabel(ChartBound bound) => new JsonObject
    {
        ["text"] = bound.Label,
        ["xref"] = "paper",
        ["yref"] = "y",
        ["x"] = 0,
        ["y"] = Rounded(bound.Value),
        ["xanchor"] = "left",
        ["yanchor"] = bound.LabelBelow ? "top" : "bottom",
        ["showarrow"] = false,
        ["font"] = new JsonObject { ["color"] = Colour(bound.Tone), ["size"] = 11 },
    };

    private static double Rounded(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : 0;

    private static string Colour(ChartTone tone) => tone switch
    {
        ChartTone.Good => "--good",
        ChartTone.Warn => "--warn",
        ChartTone.Bad => "--bad",
        ChartTone.Quiet => "--ink-3",
        _ => "--accent",
    };

    private static string Wash(ChartTone tone) => tone switch
    {
        ChartTone.Good => "--good-wash",
        ChartTone.Warn => "--warn-wash",
        ChartTone.Bad => "--bad-wash",
        ChartTone.Quiet => "--unknown-wash",
        _ => "--accent-wash",
    };
}
