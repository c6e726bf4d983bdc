using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Cockpit.Domain.Health;

namespace Cockpit.Components.Primitives;

/// <summary>A trend as SVG path data in a box of <see cref="Width"/> by <see cref="Height"/>; gaps break the line.</summary>
/// <param name="Line">Path data; empty when no two neighbouring points are known.</param>
/// <param name="ThresholdY">Height at which the threshold lies; null when there is none.</param>
public sealed record SparklinePath(string Line, double? ThresholdY)
{
    public const int Width = 300;
    public const int Height = 44;
    private const int Margin = 3;

    private static readonly ConditionalWeakTable<Trend, Drawn> Drawings = [];

    /// <summary>The path of a trend, drawn once however many dashboards show it and kept as long as the trend itself.</summary>
    public static SparklinePath Of(Trend trend, int capacity, double? threshold)
    {
        if (Drawings.TryGetValue(trend, out var drawn) && drawn.Capacity == capacity && drawn.Threshold == threshold) return drawn.Path;
        var path = Of(trend.Points, capacity, threshold);
        Drawings.AddOrUpdate(trend, new Drawn(capacity, threshold, path));
        return path;
    }

    /// <summary>Lays the newest point at the right edge; the scale spans the points and the threshold, and never less than a tenth of the threshold.</summary>
    public static SparklinePath Of(ImmutableArray<double?> points, int capacity, double? threshold)
    {
        var known = points.Where(point => point is not null).Select(point => point!.Value).ToArray();
        if (known.Length == 0) return new("", null);
        var low = Math.Min(known.Min(), threshold ?? double.MaxValue);
        var high = Math.Max(known.Max(), threshold ?? double.MinValue);
        var least = Math.Max(Math.Abs(threshold ?? high) * 0.1, 1e-9);
        if (high - low < least) (low, high) = (low - least / 2, high + least / 2);
        double Y(double value) => Margin + (Height - 2 * Margin) * (1 - (value - low) / (high - low));

        var step = (double)Width / Math.Max(1, capacity - 1);
        var x = Width - step * (points.Length - 1);
        var line = new StringBuilder();
        var drawing = false;
        for (var i = 0; i < points.Length; i++, x += step)
        {
            if (points[i] is not { } value)
            {
                drawing = false;
                continue;
            }

            line.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{x:0.#} {Y(value):0.#}");
            if (!drawing) line.Append(CultureInfo.InvariantCulture, $"h0.1");
            drawing = true;
        }

        return new(line.ToString(), threshold is { } bound ? Math.Round(Y(bound), 1) : null);
    }

    private sealed record Drawn(int Capacity, double? Threshold, SparklinePath Path);
}
