namespace Cockpit.Estate.Signals;

/// <summary>A quantile of bucket counts the way Prometheus computes it, so that the embedded answer equals the queried one.</summary>
internal static class Quantile
{
    /// <returns>The interpolated quantile; the highest bound when it lies beyond; null when nothing was observed.</returns>
    public static double? Of(double rank, IReadOnlyList<double> bounds, Func<int, double> countUpTo)
    {
        var all = countUpTo(bounds.Count);
        if (all <= 0) return null;
        var wanted = rank * all;
        for (var i = 0; i < bounds.Count; i++)
        {
            var upTo = countUpTo(i);
            if (upTo < wanted) continue;
            var low = i == 0 ? 0 : bounds[i - 1];
            var below = i == 0 ? 0 : countUpTo(i - 1);
            return upTo <= below ? bounds[i] : low + ((bounds[i] - low) * ((wanted - below) / (upTo - below)));
        }

        return bounds[^1];
    }
}
