using Cockpit.Connectors.Prometheus;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.E2E.Lab;

[Trait("needs", "lab")]
public sealed class PrometheusLabTests
{
    private readonly PrometheusClient _client = PrometheusRegistration.Open(
        new PrometheusOptions { Url = new Uri(LabSetting.Get("COCKPIT_LAB_PROMETHEUS").TrimEnd('/') + "/") }, TimeProvider.System);

    [Fact]
    public async Task Round_tells_figures_from_every_kind_of_gap()
    {
        var source = new PrometheusMetrics(
            [
                new("one", "vector(1)", null),
                new("scalar", "scalar(vector(2))", null),
                new("zero", "vector(0)", null),
                new("nothing", "no_such_series_anywhere", null),
                new("no.events", "vector(0) / vector(0)", null),
                new("idle.p95", "histogram_quantile(0.95, label_replace(vector(0), \"le\", \"+Inf\", \"\", \"\"))", null),
                new("infinite", "vector(1) / vector(0)", null),
                new("wrong", "sum(", null),
                new("matrix", "up[1m]", null),
                new("twice", "label_replace(vector(1), \"pod\", \"a\", \"\", \"\") or label_replace(vector(2), \"pod\", \"b\", \"\", \"\")", null),
                new("split", "label_replace(vector(1), \"pod\", \"a\", \"\", \"\") or label_replace(vector(2), \"pod\", \"b\", \"\", \"\")", "pod"),
                new("unsplit", "vector(1)", "pod"),
            ],
            _client, TimeProvider.System);

        var reading = (await source.ReadAsync(default)).Value;

        Assert.Equal(Measurement.Of(1), reading["one"]);
        Assert.Equal(Measurement.Of(2), reading["scalar"]);
        Assert.Equal(Measurement.Of(0), reading["zero"]);
        Assert.Equal(Measurement.Missing("the query found no data"), reading["nothing"]);
        Assert.Equal(Measurement.Missing("nothing to divide by in the window (NaN)"), reading["no.events"]);
        Assert.Equal(Measurement.Missing("no traffic in the window"), reading["idle.p95"]);
        Assert.Equal(Measurement.Missing("infinite: divided by zero or overflowed"), reading["infinite"]);
        Assert.StartsWith("bad_data: ", reading["wrong"].Gap, StringComparison.Ordinal);
        Assert.StartsWith("the query yields a matrix", reading["matrix"].Gap, StringComparison.Ordinal);
        Assert.StartsWith("the query found 2 series where one is expected", reading["twice"].Gap, StringComparison.Ordinal);
        Assert.Equal(Measurement.Of(1), reading["split", "a"]);
        Assert.Equal(Measurement.Of(2), reading["split", "b"]);
        Assert.StartsWith("no series carries the label pod", reading["unsplit", "a"].Gap, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_is_aligned_half_open_and_longer_than_one_request_allows()
    {
        var to = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
        var from = to.AddSeconds(-12_345.5);

        var answer = await _client.QueryRangeAsync("time()", from, to, TimeSpan.FromSeconds(1), default);

        var series = Assert.Single(Assert.IsType<PrometheusAnswer<PrometheusSeries>.Answered>(answer).Series);
        Assert.Equal(12_345, series.Points.Length);
        Assert.Equal(to.AddSeconds(-12_345), series.Points[0].At);
        Assert.Equal(to.AddSeconds(-1), series.Points[^1].At);
        Assert.All(series.Points, point => Assert.Equal(point.At.ToUnixTimeSeconds(), point.Value));
    }

    [Fact]
    public async Task Wrong_query_only_is_an_unavailable_source_that_quotes_the_parser()
    {
        var source = new PrometheusMetrics([new("wrong", "sum(", null)], _client, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));

        Assert.Contains("parse error", failure.Message, StringComparison.Ordinal);
    }
}
