using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Cockpit.Connectors.Prometheus;
using Cockpit.Domain.Alerts;
using Cockpit.Tests.Objectives;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Connectors.Prometheus;

public sealed partial class PrometheusSliTests
{
    private static readonly string[] Many = [.. Enumerable.Range(0, 70).Select(number => $"metric_{number}")];

    private readonly Server _server = new();

    [Fact]
    public async Task Round_of_seventy_queries_takes_three_requests_at_one_instant_and_each_keeps_its_answer()
    {
        var round = await Source().ReadAsync(Many, default);

        Assert.Equal(3, _server.Requests.Count);
        Assert.Single(_server.Requests.Select(form => form["time"]).Distinct());
        Assert.Equal(
            Many.Select((query, number) => (query, (double)number)),
            Many.Select(query => (query, Assert.Single(Assert.IsType<SliAnswer.Figures>(round[query]).Elements).Value)));
        Assert.All(Many, query => Assert.Equal(LabelSet.Empty, ((SliAnswer.Figures)round[query]).Elements[0].Labels));
    }

    [Fact]
    public async Task Refused_query_is_a_gap_alone_and_costs_the_others_nothing_from_then_on()
    {
        _server.Refused.Add("metric_5");
        var source = Source();
        await source.ReadAsync(Many, default);
        _server.Requests.Clear();

        var round = await source.ReadAsync(Many, default);

        Assert.Equal("Prometheus refused the query: execution: too many samples", Assert.IsType<SliAnswer.Gap>(round["metric_5"]).Why);
        Assert.Equal(69, Many.Count(query => round[query] is SliAnswer.Figures { Elements.Length: 1 }));
        Assert.Equal(8, _server.Requests.Count);
    }

    [Fact]
    public async Task Scalar_is_asked_alone_and_answered()
    {
        _server.Scalars["scalar_7"] = 7;

        var round = await Source().ReadAsync(["metric_1", "scalar_7"], default);

        Assert.Equal([1.0, 7.0], new[] { "metric_1", "scalar_7" }.Select(query => ((SliAnswer.Figures)round[query]).Elements[0].Value));
    }

    [Fact]
    public async Task Batch_the_server_chokes_on_is_asked_in_halves_the_next_time()
    {
        _server.Choking.Add("metric_40");
        var source = Source();

        var (first, second) = (await source.ReadAsync(Many, default), await source.ReadAsync(Many, default));

        Assert.Equal((38, 54), (Many.Count(query => first[query] is SliAnswer.Figures), Many.Count(query => second[query] is SliAnswer.Figures)));
    }

    [Fact]
    public async Task Server_that_is_away_is_asked_a_few_times_and_everything_is_a_gap()
    {
        string[] thousand = [.. Enumerable.Range(0, 1000).Select(number => $"metric_{number}")];
        foreach (var query in thousand) _server.Choking.Add(query);

        var round = await Source().ReadAsync(thousand, default);

        Assert.InRange(_server.Requests.Count, 4, 8);
        Assert.All(thousand, query => Assert.Equal("Prometheus answered with status 502", Assert.IsType<SliAnswer.Gap>(round[query]).Why));
    }

    /// <summary>What a server says of the counters of an objective, beside a good minute before it.</summary>
    [Theory]
    [InlineData("[]", "no series matches its query")]
    [InlineData("""[{"metric":{"instance":"a"},"value":[0,"NaN"]}]""", "the source answered NaN")]
    [InlineData("""[{"metric":{"instance":"a"},"value":[0,"+Inf"]}]""", "the source answered with infinity")]
    [InlineData("""[{"metric":{"instance":"a"},"value":[0,"-1"]}]""", "a counter is negative")]
    [InlineData("""[{"metric":{"instance":"a"},"value":[0,"900"]},{"metric":{"instance":"a"},"value":[0,"901"]}]""", "the source answered with two counters for one instance")]
    [InlineData("""[{"metric":{"instance":"a","path":"/x"},"value":[0,"900"]}]""", "its query splits by other labels than instance")]
    [InlineData("""[{"metric":{"pod":"a"},"value":[0,"900"]}]""", "its query splits by other labels than instance")]
    [InlineData("""[{"metric":{"instance":"a"},"histogram":[0,{"count":"1","sum":"1"}]}]""", "the sample is a native histogram, not a number")]
    public async Task Doubtful_counters_are_unknown_with_the_reason_and_never_a_full_budget(string total, string reason)
    {
        var rig = new PrometheusRig();
        rig.Server.Vectors[ObjectivesRig.Good] = """[{"metric":{"instance":"a"},"value":[0,"900"]}]""";
        rig.Server.Vectors[ObjectivesRig.Total] = total;

        for (var rounds = 0; rounds < 8; rounds++) await rig.RoundAsync();

        var shop = rig.Board.Current.Find("shop-availability")!;
        Assert.Equal((false, reason, (string?)reason), (shop.IsKnown, shop.Assessment.UnknownBecause, shop.Gap));
        Assert.True(shop.Assessment.Raw.Counted.IsEmpty);
        Assert.Null(shop.Assessment.Raw.Compliance);
        Assert.Contains(rig.Board.Current.Month!.Compliance.Unevaluated, each => each.Slo.Value == "shop-availability");
    }

    [Fact]
    public async Task Series_of_another_instance_than_all_events_is_unknown()
    {
        var rig = new PrometheusRig();
        rig.Server.Vectors[ObjectivesRig.Good] = """[{"metric":{"instance":"b"},"value":[0,"900"]}]""";
        rig.Server.Vectors[ObjectivesRig.Total] = """[{"metric":{"instance":"a"},"value":[0,"900"]}]""";

        await rig.RoundAsync();

        Assert.Equal("instance \"b\" counts a part of events but not all of them", rig.Board.Current.Find("shop-availability")!.Assessment.UnknownBecause);
    }

    [Fact]
    public async Task Figure_of_two_series_is_unknown()
    {
        var rig = new PrometheusRig();
        rig.Server.Vectors[ObjectivesRig.Gauge] = """[{"metric":{"x":"1"},"value":[0,"1"]},{"metric":{"x":"2"},"value":[0,"1"]}]""";

        await rig.RoundAsync();

        Assert.Equal("its query found 2 series where one is expected", rig.Board.Current.Find("shop-age")!.Assessment.UnknownBecause);
    }

    private PrometheusSli Source() => new(_server.Client(), TimeProvider.System);

    /// <summary>The small shop of the other tests, measured by a Prometheus.</summary>
    private sealed class PrometheusRig
    {
        private readonly FakeClock _clock = new();
        private readonly PrometheusSli _source;

        public PrometheusRig()
        {
            _source = new PrometheusSli(Server.Client(), _clock);
            Board = new ObjectivesBoard(ObjectivesRig.Plan(0.999), _source, new Cockpit.UseCases.Maintaining.MaintenanceBook(), _clock);
        }

        public Server Server { get; } = new();

        public ObjectivesBoard Board { get; }

        public async Task RoundAsync()
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            Board.Take(await _source.ReadAsync(Board.Queries, default));
        }
    }

    /// <summary>Takes batches apart as Prometheus would: <c>metric_7</c> is 7, others as told.</summary>
    private sealed partial class Server : HttpMessageHandler
    {
        public List<System.Collections.Specialized.NameValueCollection> Requests { get; } = [];

        public HashSet<string> Refused { get; } = [];

        public HashSet<string> Choking { get; } = [];

        public Dictionary<string, double> Scalars { get; } = [];

        public Dictionary<string, string> Vectors { get; } = [];

        public PrometheusClient Client() => new(
            new HttpClient(this) { BaseAddress = new Uri("http://prometheus.test/") }, TimeSpan.FromSeconds(4), TimeProvider.System);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            lock (Requests) Requests.Add(form);
            var query = form["query"]!;
            var parts = Wrapped().Matches(query).Select(match => (Query: match.Groups[1].Value, Number: match.Groups[2].Value)).ToList();
            if (parts.Count == 0) parts.Add((query, ""));
            if (parts.Any(part => Choking.Contains(part.Query))) return Answer(HttpStatusCode.BadGateway, "no");
            if (parts.Any(part => Refused.Contains(part.Query) || (parts.Count > 1 && Scalars.ContainsKey(part.Query))))
                return Answer(HttpStatusCode.UnprocessableEntity, """{"status":"error","errorType":"execution","error":"too many samples"}""");
            if (Scalars.TryGetValue(query, out var scalar)) return Success("scalar", string.Create(CultureInfo.InvariantCulture, $"[0,\"{scalar}\"]"));
            return Success("vector", $"[{string.Join(',', parts.Select(part => Elements(part.Query, part.Number)).Where(text => text.Length > 0))}]");
        }

        private string Elements(string query, string number)
        {
            var text = Vectors.TryGetValue(query, out var told) ? told[1..^1]
                : query.StartsWith("metric_", StringComparison.Ordinal) ? $$"""{"metric":{},"value":[0,"{{query[7..]}}"]}"""
                : "";
            return number.Length == 0 ? text
                : text.Replace("\"metric\":{", $$"""
                    "metric":{"cockpit_query":"{{number}}",
                    """, StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal);
        }

        private static HttpResponseMessage Success(string type, string result) =>
            Answer(HttpStatusCode.OK, $$$"""{"status":"success","data":{"resultType":"{{{type}}}","result":{{{result}}}}}""");

        private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

        [GeneratedRegex("""label_replace\(\n(.*?)\n, "cockpit_query", "(\d+)", "", ""\)""", RegexOptions.Singleline)]
        private static partial Regex Wrapped();
    }
}
