using System.Globalization;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.Export;

/// <summary>The PromQL that yields the share of what was bad in a window.</summary>
/// <remarks>
/// Where there was no traffic it yields NaN or nothing, never zero and never one: neither fires an alert. A numerator that has no series yet counts as
/// zero, so that a service that never answered well is seen as failing wholly.
/// </remarks>
internal sealed class BadRatio(SloDefinition slo, Objective objective, string labels)
{
    /// <summary>A reading of a threshold indicator: 1 when it keeps its bound, else 0.</summary>
    public const string Reading = "slo:reading_good:bool";

    /// <summary>A slice: 1 when it is good, else 0; with RatioTimeslices its bad share.</summary>
    public const string Slice = "slo:slice:ratio";

    private readonly Indicator _indicator = slo.IndicatorOf(objective);

    /// <summary>Rules that must stand before the ratios, in order.</summary>
    public IEnumerable<(string Record, string Expr)> Preparation()
    {
        if (_indicator is Indicator.Threshold threshold)
            yield return (Reading, $"min(({threshold.Query}) {Sign(objective.Op ?? threshold.Op)} bool {Number(objective.Value ?? threshold.Value ?? 0)})");
        if (slo.Method == BudgetingMethod.Occurrences) yield break;
        var slice = Durations.Format(objective.TimeSliceWindow ?? TimeSpan.FromMinutes(1));
        yield return (Slice, slo.Method == BudgetingMethod.RatioTimeslices
            ? OfEvents(slice)
            : $"(1 - ({OfEvents(slice)})) >= bool {Number(objective.TimeSliceTarget?.Value ?? 1)}");
    }

    /// <summary>The share of what was bad within the window.</summary>
    public string In(string window) => slo.Method switch
    {
        BudgetingMethod.Timeslices => $"1 - avg_over_time({Slice}{{{labels}}}[{window}])",
        BudgetingMethod.RatioTimeslices => $"avg_over_time({Slice}{{{labels}}}[{window}])",
        _ => OfEvents(window),
    };

    /// <summary>The events counted within the window; null where the indicator counts none.</summary>
    public string? Events(string window) => _indicator is Indicator.EventRatio ratio ? Growth(ratio.TotalQuery, ratio.Counter, window, "increase") : null;

    private string OfEvents(string window) => _indicator switch
    {
        Indicator.EventRatio { GoodQuery: { } good } ratio =>
            $"1 - (({Growth(good, ratio.Counter, window)} or vector(0)) / {Growth(ratio.TotalQuery, ratio.Counter, window)})",
        Indicator.EventRatio ratio =>
            $"({Growth(ratio.BadQuery!, ratio.Counter, window)} or vector(0)) / {Growth(ratio.TotalQuery, ratio.Counter, window)}",
        Indicator.RawRatio { Type: RawRatioType.Success } raw => $"1 - avg({Over("avg_over_time", raw.Query, window)})",
        Indicator.RawRatio raw => $"avg({Over("avg_over_time", raw.Query, window)})",
        _ => $"1 - avg_over_time({Reading}{{{labels}}}[{window}])",
    };

    private static string Growth(string query, bool isCounter, string window, string counterFunction = "rate")
    {
        if (!PromQl.IsSelector(query) && query.Contains('[', StringComparison.Ordinal)) return $"sum({Over("avg_over_time", query, window)})";
        return $"sum({Over(isCounter ? counterFunction : "sum_over_time", query, window)})";
    }

    private static string Over(string function, string query, string window) =>
        PromQl.IsSelector(query) ? $"{function}({query.Trim()}[{window}])" : $"{function}(({query.Trim()})[{window}:1m])";

    private static string Sign(Comparison? op) => op switch
    {
        Comparison.LessThan => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.GreaterThan => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Equal => "==",
        _ => "!=",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
