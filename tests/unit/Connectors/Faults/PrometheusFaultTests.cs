using Cockpit.Connectors.Prometheus;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Faults;

public sealed class PrometheusFaultTests
{
    private const string Good = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1790000000,"4"]}]}}""";

    private static readonly Behaviour Well = Http(200, Good);

    public static TheoryData<string, string> Faults => new()
    {
        { "never answers", "did not answer in time" },
        { "hangs up", "hung up before its answer was complete" },
        { "drips headers", "did not answer in time" },
        { "drips the body", "did not answer in time" },
        { "answers 500", "answered with status 500" },
        { "answers 503 as Prometheus", "unavailable: TSDB not ready" },
        { "truncates the body", "hung up before its answer was complete" },
        { "truncates the JSON", "did not answer as Prometheus does: malformed JSON" },
        { "answers HTML", "did not answer as Prometheus does: malformed JSON" },
        { "answers other JSON", "did not answer as Prometheus does: there is no \"status\"" },
        { "has no such path", "has no query API at this address (404)" },
        { "redirects", "redirects elsewhere (302); its final address is needed" },
        { "wants credentials", "refused the credentials (401)" },
        { "speaks SSH", "does not speak HTTP" },
        { "floods headers", "sent headers without end" },
        { "floods the body", "answered with more than 16384 KiB" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_ends_in_its_reason_and_the_next_read_recovers(string fault, string reason)
    {
        await using var server = FaultyServer.Start(fault switch
        {
            "never answers" => Behaviours.NeverAnswer,
            "hangs up" => Behaviours.HangUp,
            "drips headers" => Behaviours.Drip("HTTP/1.1 200 OK\r\nX-Drip: ", 'x'),
            "drips the body" => Behaviours.Drip("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", ' '),
            "answers 500" => Http(500, "<html>oops</html>"),
            "answers 503 as Prometheus" => Http(503, """{"status":"error","errorType":"unavailable","error":"TSDB not ready"}"""),
            "truncates the body" => Behaviours.Say($"HTTP/1.1 200 OK\r\nContent-Length: {Good.Length}\r\n\r\n{Good[..40]}"),
            "truncates the JSON" => Http(200, Good[..40]),
            "answers HTML" => Http(200, "<html>Sign in</html>"),
            "answers other JSON" => Http(200, "{\"hello\":1}"),
            "has no such path" => Http(404, "404 page not found"),
            "redirects" => Behaviours.Say("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
            "wants credentials" => Http(401, "Unauthorized"),
            "speaks SSH" => Behaviours.SshBanner,
            "floods headers" => Behaviours.Flood("HTTP/1.1 200 OK\r\n", "X-Flood: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"),
            "floods the body" => Behaviours.Flood("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", "          "),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        });

        Assert.Equal($"Prometheus {reason}", await FaultStory.TellAsync(server, Well, Source(server)));
    }

    [Fact]
    public async Task Server_that_is_not_there_is_named_so_and_found_when_it_comes()
    {
        await using var server = FaultyServer.Absent(Well);
        var source = Source(server);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(default));
        server.Listen();

        Assert.Equal("Prometheus refuses connections", failure.Message);
        Assert.Equal(Measurement.Of(4), (await source.ReadAsync(default)).Value["a"]);
    }

    [Fact]
    public async Task Own_timeout_ends_a_read_that_nobody_else_bounds()
    {
        await using var server = FaultyServer.Start(Behaviours.NeverAnswer);

        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => Source(server, TimeSpan.FromMilliseconds(200)).ReadAsync(default));

        Assert.Equal("Prometheus did not answer in time", failure.Message);
    }

    internal static Behaviour Http(int status, string body) =>
        Behaviours.Say($"HTTP/1.1 {status} Whatever\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    private static PrometheusMetrics Source(FaultyServer server, TimeSpan? timeout = null)
    {
        var options = new PrometheusOptions { Url = new Uri($"http://127.0.0.1:{server.Port}/"), Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        return new([new("a", "up", null), new("b", "up", null)], PrometheusRegistration.Open(options, TimeProvider.System), TimeProvider.System);
    }
}
