using System.Collections.Immutable;
using System.Text;
using Cockpit.Connectors.Prometheus;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Prometheus;

public sealed class SignalAnswersTests
{
    [Theory]
    [InlineData("up", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000.5,"0"]}]}""", 0.0, null)]
    [InlineData("up", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"1.5e+06"]}]}""", 1.5e6, null)]
    [InlineData("up", """{"resultType":"scalar","result":[1790000000,"-3"]}""", -3.0, null)]
    [InlineData("up", """{"resultType":"vector","result":[]}""", null, "the query found no data")]
    [InlineData("up", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"NaN"]}]}""", null, "the source answered NaN")]
    [InlineData("a / b", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"NaN"]}]}""", null, "nothing to divide by in the window (NaN)")]
    [InlineData("histogram_quantile(0.95, a)", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"NaN"]}]}""", null, "no traffic in the window")]
    [InlineData("histogram_quantile(0.95, a)", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"+Inf"]}]}""", null, "beyond the last histogram bucket")]
    [InlineData("a / b", """{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"-Inf"]}]}""", null, "infinite: divided by zero or overflowed")]
    [InlineData("up", """{"resultType":"vector","result":[{"metric":{"a":"1"},"value":[1,"1"]},{"metric":{"a":"2"},"value":[1,"2"]}]}""", null, "the query found 2 series where one is expected: {a=1}, {a=2}")]
    [InlineData("up", """{"resultType":"vector","result":[{"metric":{},"histogram":[1790000000,{"count":"1"}]}]}""", null, "the sample is a native histogram, not a number")]
    [InlineData("up[1m]", """{"resultType":"matrix","result":[]}""", null, "the query yields a matrix, which has no place here")]
    public void Answer_is_a_figure_or_a_gap_with_its_reason(string promQl, string data, double? value, string? gap)
    {
        var (entries, warnings) = SignalAnswers.Read(new("id", promQl, null), Parse($$"""{"status":"success","data":{{data}}}"""));

        Assert.Equal([KeyValuePair.Create("id", new Measurement(value, gap))], entries.ToArray());
        Assert.Empty(warnings);
    }

    [Fact]
    public void Split_answer_has_an_entry_a_label_value_and_says_what_it_left_out()
    {
        var answer = Parse(
            """
            {"status":"success","warnings":["partial response\nfrom store 2"],"data":{"resultType":"vector","result":[
              {"metric":{"pod":"a"},"value":[1,"1"]},
              {"metric":{"pod":"b","zone":"x"},"value":[1,"2"]},
              {"metric":{"pod":"b","zone":"y"},"value":[1,"3"]},
              {"metric":{"pod":"c"},"value":[1,"NaN"]},
              {"metric":{"zone":"z"},"value":[1,"4"]}]}}
            """);

        var (entries, warnings) = SignalAnswers.Read(new("ws", "up", "pod"), answer);

        Assert.Equal(
            [
                KeyValuePair.Create("ws{a}", Measurement.Of(1)),
                KeyValuePair.Create("ws{b}", Measurement.Missing("the query found 2 series where one is expected: {pod=b, zone=x}, {pod=b, zone=y}")),
                KeyValuePair.Create("ws{c}", Measurement.Missing("the source answered NaN")),
            ],
            entries.ToArray());
        Assert.Equal(["ws: partial response from store 2", "ws: series without the label pod left out: {zone=z}"], warnings.ToArray());
    }

    [Fact]
    public void Error_envelope_is_a_gap_in_the_servers_words()
    {
        var answer = Parse("""{"status":"error","errorType":"execution","error":"query processing would load too many samples"}""");

        var (entries, _) = SignalAnswers.Read(new SignalQuery("ws", "up", "pod"), answer);

        Assert.Equal(Measurement.Missing("execution: query processing would load too many samples"), new MetricsReading(entries.ToImmutableDictionary(), [])["ws", "a"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"status":"perhaps"}""")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"status":1,"data":{}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector"}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":7}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,2]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"two"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1e300,"2"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":1},"value":[1,"2"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}""")]
    public void Anything_but_the_envelope_is_malformed(string body) => Assert.Throws<MalformedAnswerException>(() => Parse(body));

    [Fact]
    public void Text_that_is_not_utf8_is_malformed() =>
        Assert.Throws<MalformedAnswerException>(() => PrometheusJson.ReadInstant(Encoding.Latin1.GetBytes("""{"status":"error","error":"caf\u00e9"}""".Replace("\\u00e9", "\u00e9"))));

    private static PrometheusAnswer<PrometheusSample> Parse(string body) => PrometheusJson.ReadInstant(Encoding.UTF8.GetBytes(body));
}
