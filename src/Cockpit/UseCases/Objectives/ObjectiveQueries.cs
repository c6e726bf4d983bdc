using System.Text.RegularExpressions;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>What is asked for one objective each round.</summary>
/// <param name="Part">Good (or bad) events, the share, or the figure.</param>
/// <param name="Total">All events; null unless it is a ratio of events.</param>
/// <param name="P95">The observed percentile; null unless it is a latency objective.</param>
internal sealed partial record ObjectiveQueries(string Part, string? Total, string? P95)
{
    public IEnumerable<string> All => new[] { Part, Total, P95 }.OfType<string>();

    public static ObjectiveQueries Of(Indicator indicator) => indicator switch
    {
        Indicator.EventRatio ratio => new(ByInstance(ratio.GoodQuery ?? ratio.BadQuery!), ByInstance(ratio.TotalQuery), ratio.P95Query),
        Indicator.RawRatio raw => new(raw.Query, null, null),
        Indicator.Threshold threshold => new(threshold.Query, null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "No such indicator."),
    };

    /// <summary>
    /// A bare selector is summed by instance: the series of one instance restart together, whereas the sum of all would fall, and be taken
    /// for a restart of all, whenever one of them restarts.
    /// </summary>
    private static string ByInstance(string query) =>
        Selector().IsMatch(query) ? $"sum by ({SliAnswers.InstanceLabel}) ({query.Trim()})" : query;

    [GeneratedRegex("""^\s*[A-Za-z_:][A-Za-z0-9_:]*\s*(\{([^"'`{}]|"([^"\\]|\\.)*"|'([^'\\]|\\.)*')*\})?\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Selector();
}
