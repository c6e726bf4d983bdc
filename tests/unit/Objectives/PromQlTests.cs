using Cockpit.Connectors.Embedded.PromQl;

namespace Cockpit.Tests.Objectives;

public sealed class PromQlTests
{
    private readonly SeriesPages _pages = new();

    public PromQlTests()
    {
        var at = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
        _pages.Add(at, Page(0));
        _pages.Add(at.AddSeconds(60), Page(600));
    }

    [Theory]
    [InlineData("requests{status=~\"2..\"}", 600)]
    [InlineData("sum(requests)", 630)]
    [InlineData("sum by (instance) (requests{status!~'2..'})", 30)]
    [InlineData("count(requests)", 2)]
    [InlineData("sum(rate(requests[5m]))", 10.5)]
    [InlineData("sum(rate(requests{status=\"500\"}[5m])) / sum(rate(requests[5m]))", 0.5 / 10.5)]
    [InlineData("sum(rate(requests[1m])) * 60", 630)]
    [InlineData("sum(requests) / (count(requests) * 3)", 105)]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(wait_bucket[5m])))", 0.19)]
    [InlineData("histogram_quantile(0.95, sum(rate(wait_bucket[5m])) by (le))", 0.19)]
    [InlineData("max(requests) > 599 or vector(1)", 600)]
    [InlineData("absent(nobody)", 1)]
    public void Query_yields_what_Prometheus_would(string query, double expected)
    {
        var answer = Assert.Single(new Evaluator(_pages).Evaluate(Parser.Parse(query)));

        Assert.Equal(expected, answer.Value, 9);
    }

    [Theory]
    [InlineData("requests{status=\"404\"}")]
    [InlineData("sum(nobody)")]
    [InlineData("max(requests) > 600")]
    public void Query_without_match_yields_nothing(string query) => Assert.Empty(new Evaluator(_pages).Evaluate(Parser.Parse(query)));

    [Theory]
    [InlineData("predict_linear(x[1h], 3600)")]
    [InlineData("sum(requests")]
    [InlineData("requests[5m]")]
    [InlineData("a ~ b")]
    public void Query_beyond_the_evaluator_is_refused_not_guessed(string query) =>
        Assert.Throws<UnsupportedQueryException>(() => new Evaluator(_pages).Evaluate(Parser.Parse(query)));

    private static string Page(double served) => FormattableString.Invariant(
        $$"""
        # TYPE requests counter
        requests{status="200",instance="a"} {{served}}
        requests{status="500",instance="a"} {{served / 20}}
        wait_bucket{le="0.1"} {{served * 0.5}}
        wait_bucket{le="0.2"} {{served}}
        wait_bucket{le="+Inf"} {{served}}

        """);
}
