namespace Cockpit.Api.Metrics;

/// <summary>Names as Prometheus wants them: words joined by underscores, the base unit, and <c>_total</c> on what only grows.</summary>
internal static class MetricName
{
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = string.Concat(instrument.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };
        if (!name.EndsWith(suffix, StringComparison.Ordinal)) name += suffix;
        return kind is MetricKind.Counter or MetricKind.ObservedCounter ? name + "_total" : name;
    }
}
