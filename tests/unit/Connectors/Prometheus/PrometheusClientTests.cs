using System.Net;
using System.Web;
using Cockpit.Connectors.Prometheus;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Prometheus;

public sealed class PrometheusClientTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task Query_is_posted_as_a_form_below_the_prefix()
    {
        var server = new Recorder(_ => Vector("1"));

        await server.Client().QueryAsync("sum(rate(a{b=\"c d+é\"}[5m]))", default);

        var (uri, form) = Assert.Single(server.Requests);
        Assert.Equal("http://prometheus.test/prefix/api/v1/query", uri);
        Assert.Equal(("sum(rate(a{b=\"c d+é\"}[5m]))", "4000ms"), (form["query"], form["timeout"]));
    }

    [Theory]
    [InlineData(0, 60, "0", "45")]
    [InlineData(1, 61, "15", "60")]
    [InlineData(-20, -5, "-15", "-15")]
    [InlineData(14.9, 15.1, "15", "15")]
    public async Task Range_is_asked_at_multiples_of_the_step_from_the_epoch(double from, double to, string start, string end)
    {
        var server = new Recorder(_ => Matrix());

        await server.Client().QueryRangeAsync("a", Epoch.AddSeconds(from), Epoch.AddSeconds(to), TimeSpan.FromSeconds(15), default);

        var form = Assert.Single(server.Requests).Form;
        Assert.Equal((start, end, "15"), (form["start"], form["end"], form["step"]));
    }

    [Fact]
    public async Task Range_without_a_multiple_of_the_step_asks_nothing_and_is_empty()
    {
        var server = new Recorder(_ => Matrix());

        var answer = await server.Client().QueryRangeAsync("a", Epoch.AddSeconds(1), Epoch.AddSeconds(15), TimeSpan.FromSeconds(15), default);

        Assert.Empty(server.Requests);
        Assert.Empty(Assert.IsType<PrometheusAnswer<PrometheusSeries>.Answered>(answer).Series);
    }

    [Fact]
    public async Task Long_range_is_asked_in_parts_and_its_series_joined_untouched()
    {
        var server = new Recorder(form => Matrix(
            ("{\"pod\":\"a\"}", $"[[{form["start"]},\"10\"],[{form["end"]},\"3\"]]"),
            ($"{{\"pod\":\"only at {form["start"]}\"}}", $"[[{form["start"]},\"NaN\"]]")));

        var answer = await server.Client().QueryRangeAsync("a", Epoch, Epoch.AddSeconds(15_000), TimeSpan.FromSeconds(1), default);

        Assert.Equal([("0", "9999"), ("10000", "14999")], server.Requests.Select(request => (request.Form["start"]!, request.Form["end"]!)));
        var series = Assert.IsType<PrometheusAnswer<PrometheusSeries>.Answered>(answer).Series;
        Assert.Equal(["a", "only at 0", "only at 10000"], series.Select(one => one.Labels["pod"]));
        Assert.Equal(
            [new(Epoch, 10), new(Epoch.AddSeconds(9999), 3), new(Epoch.AddSeconds(10_000), 10), new(Epoch.AddSeconds(14_999), 3)],
            series[0].Points.ToArray());
    }

    [Fact]
    public async Task One_failing_query_is_a_gap_and_the_others_stand()
    {
        var server = new Recorder(form => form["query"] == "bad"
            ? Answer(HttpStatusCode.UnprocessableEntity, """{"status":"error","errorType":"execution","error":"too many samples"}""")
            : Vector("5"));
        var source = new PrometheusMetrics([new("good", "good", null), new("bad", "bad", null)], server.Client(), TimeProvider.System);

        var reading = (await source.ReadAsync(default)).Value;

        Assert.Equal((Measurement.Of(5), Measurement.Missing("execution: too many samples")), (reading["good"], reading["bad"]));
    }

    [Fact]
    public async Task Deadline_keeps_the_answers_that_came_before_it()
    {
        using var deadline = new CancellationTokenSource();
        var server = new Recorder(form => form["query"] == "slow" ? null : Vector("5"), whenSilent: deadline.Cancel);
        var source = new PrometheusMetrics([new("good", "good", null), new("slow", "slow", null)], server.Client(), TimeProvider.System);

        var reading = (await source.ReadAsync(deadline.Token)).Value;

        Assert.Equal((Measurement.Of(5), Measurement.Missing("Prometheus did not answer in time")), (reading["good"], reading["slow"]));
    }

    [Fact]
    public async Task Catalog_without_signals_is_no_empty_success()
    {
        var source = new PrometheusMetrics([], new Recorder(_ => Vector("1")).Client(), TimeProvider.System);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));
    }

    private static HttpResponseMessage Vector(string value) =>
        Answer(HttpStatusCode.OK, $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"{{{value}}}"]}]}}""");

    private static HttpResponseMessage Matrix(params (string Metric, string Values)[] series) => Answer(
        HttpStatusCode.OK,
        $$$"""{"status":"success","data":{"resultType":"matrix","result":[{{{string.Join(',', series.Select(one => $"{{\"metric\":{one.Metric},\"values\":{one.Values}}}"))}}}]}}""");

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    /// <summary>Answers by form; null stays silent until the request is cancelled.</summary>
    private sealed class Recorder(Func<System.Collections.Specialized.NameValueCollection, HttpResponseMessage?> answer, Action? whenSilent = null) : HttpMessageHandler
    {
        public List<(string Uri, System.Collections.Specialized.NameValueCollection Form)> Requests { get; } = [];

        public PrometheusClient Client() => new(
            new HttpClient(this) { BaseAddress = new Uri("http://prometheus.test/prefix/") }, TimeSpan.FromSeconds(4), TimeProvider.System);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            Requests.Add((request.RequestUri!.ToString(), form));
            if (answer(form) is { } response) return response;
            whenSilent?.Invoke();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
