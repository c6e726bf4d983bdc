using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>What is measured, said in words and as the queries that are asked.</summary>
/// <param name="Says">What counts as good, as a sentence.</param>
/// <param name="Queries">Each query with its role.</param>
public sealed partial record SliDefinition(string Says, ImmutableArray<(string Role, string Text)> Queries)
{
    /// <summary>The definition of an objective.</summary>
    public static SliDefinition Of(ObjectiveFacts facts) => facts.Indicator switch
    {
        Indicator.EventRatio ratio => new(Sentence(ratio),
        [
            .. new (string, string?)[] { ("good", ratio.GoodQuery), ("bad", ratio.BadQuery), ("all", ratio.TotalQuery), ("p95 beside it", ratio.P95Query) }
                .Where(query => query.Item2 is not null).Select(query => (query.Item1, query.Item2!)),
        ]),
        Indicator.RawRatio raw => new(
            raw.Type == RawRatioType.Success ? "The source itself says which share is good." : "The source itself says which share is bad.",
            [("share", raw.Query)]),
        Indicator.Threshold threshold => new($"A figure is held against a bound: good {Bound(facts)}.", [("figure", threshold.Query)]),
        _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.Indicator, "No such indicator."),
    };

    /// <summary>The bound of a threshold objective: below 80 %. A dash for any other.</summary>
    public static string Bound(ObjectiveFacts facts)
    {
        if (facts.Indicator is not Indicator.Threshold threshold) return Domain.Health.FigureText.None;
        if ((facts.Objective.Op ?? threshold.Op, facts.Objective.Value ?? threshold.Value) is not ({ } op, { } bound)) return Domain.Health.FigureText.None;
        var word = op switch
        {
            Comparison.LessThan => "below",
            Comparison.LessOrEqual => "at most",
            Comparison.GreaterThan => "above",
            Comparison.GreaterOrEqual => "at least",
            Comparison.Equal => "exactly",
            _ => "other than",
        };
        return $"{word} {Figure(bound, threshold.Unit)}";
    }

    /// <summary>A figure in the indicator's own unit.</summary>
    public static string Figure(double value, string? unit) => unit switch
    {
        null or "" or "1" => SloFigures.Number(value, 4),
        "ratio" => $"{SloFigures.Number(value * 100, 4)}\u202F%",
        "s" or "seconds" => Domain.Health.FigureText.Write(value, Domain.Cards.FigureUnit.Seconds),
        _ => $"{SloFigures.Number(value, 4)}\u202F{unit}",
    };

    private static string Sentence(Indicator.EventRatio ratio)
    {
        if (ratio.P95Query is not null) return "Good is what is answered within the bound; the observed 95th percentile stands beside it and decides nothing.";
        if (LeavesOut4xx().IsMatch(ratio.TotalQuery))
            return "2xx and 3xx are good; 5xx, timeouts and failed connections are bad; 4xx is the caller's own fault and counts as neither. The SLI http_request_success_rate, which counts 4xx as good, is another figure.";
        return ratio.BadQuery is { } bad && Counts5xx().IsMatch(bad) && !bad.Contains("4..", StringComparison.Ordinal)
            ? "Only 5xx is bad: 4xx counts as good, as in http_request_success_rate. Platform availability counts 4xx as neither and is another figure."
            : "Good of all, counted by the queries below.";
    }

    [GeneratedRegex("""status\s*!~\s*"4""")]
    private static partial Regex LeavesOut4xx();

    [GeneratedRegex("""status\s*=~\s*"5""")]
    private static partial Regex Counts5xx();
}
