using System.Net;
using System.Text.RegularExpressions;
using Cockpit.Tests.Hubs;

namespace Cockpit.Tests.Api;

public sealed partial class MetricsEndpointTests(RunningCockpit cockpit) : IClassFixture<RunningCockpit>
{
    [Fact]
    public async Task Metrics_name_what_the_cockpit_does_in_lines_that_prometheus_reads()
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);
        await viewer.CallAsync("Join", "executive");
        await viewer.ChangeAsync();
        using var http = new HttpClient { BaseAddress = cockpit.Address };

        var text = await http.GetStringAsync("/metrics");

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines.Where(line => !line.StartsWith('#')), line => Assert.Matches(Sample(), line));
        Assert.Contains("cockpit_hub_viewers 1", lines);
        Assert.Contains("cockpit_hub_followers{topic=\"executive\"} 1", lines);
        Assert.Contains("cockpit_storage_available 1", lines);
        Assert.Contains("cockpit_circuits_open 0", lines);
        Assert.Contains("cockpit_executions{state=\"accepted\"} 0", lines);
        Assert.Contains(lines, line => line.StartsWith("cockpit_snapshots_published_total ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("cockpit_poll_failures_total{source=\"Simulated estate\"} 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/healthz", "alive\n")]
    [InlineData("/readyz", "ready\n")]
    public async Task Running_cockpit_answers_whoever_runs_it(string path, string expected)
    {
        await using var viewer = await RawHubClient.OpenAsync(cockpit.Address);
        await viewer.CallAsync("Join", "executive");
        await viewer.ChangeAsync();
        using var http = new HttpClient { BaseAddress = cockpit.Address };

        var answer = await http.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [GeneratedRegex("""^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (-?[0-9.E+-]+|NaN|[+-]Inf)$""")]
    private static partial Regex Sample();
}
