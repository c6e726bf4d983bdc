using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;

namespace Cockpit.Tests.Health;

public sealed class ServiceHealthTests
{
    private static readonly ServiceFacts Api = new("api", "API", Critical: true, ResponseP95Limit: 0.2, ErrorRatioLimit: 0.01);

    [Theory]
    [InlineData(1.0, 50.0, 0.001, 0.1, HealthStatus.Good, "Healthy")]
    [InlineData(1.0, 50.0, 0.01, 0.2, HealthStatus.Good, "Healthy")]
    [InlineData(null, 50.0, 0.001, 0.1, HealthStatus.Good, "Healthy")]
    [InlineData(0.0, 50.0, 0.001, 0.1, HealthStatus.Bad, "Down")]
    [InlineData(0.0, null, null, null, HealthStatus.Bad, "Down")]
    [InlineData(1.0, 50.0, 0.02, 0.3, HealthStatus.Warn, "Errors")]
    [InlineData(1.0, 50.0, 0.001, 0.3, HealthStatus.Warn, "Slow")]
    [InlineData(1.0, 0.0, null, null, HealthStatus.Unknown, "No traffic")]
    [InlineData(null, null, null, null, HealthStatus.Unknown, "Unknown")]
    [InlineData(1.0, 50.0, null, 0.1, HealthStatus.Unknown, "Unknown")]
    [InlineData(1.0, 50.0, 0.001, null, HealthStatus.Unknown, "Unknown")]
    [InlineData(1.0, 50.0, null, 0.3, HealthStatus.Warn, "Slow")]
    public void Service_is_judged_by_what_it_promises(
        double? up, double? requests, double? errors, double? p95, HealthStatus status, string word)
    {
        var service = ServiceHealth.Judge(Api, Board(up, requests, errors, p95));

        Assert.Equal((status, word), (service.Status, service.Word));
        Assert.Equal(status == HealthStatus.Unknown, service.Doubt is not null);
    }

    [Fact]
    public void Service_that_promises_nothing_is_good_while_it_answers()
    {
        var facts = Api with { ErrorRatioLimit = null, ResponseP95Limit = null };

        Assert.Equal(HealthStatus.Good, ServiceHealth.Judge(facts, Board(1, 50, 0.5, 9)).Status);
    }

    [Fact]
    public void Service_on_old_evidence_is_unknown()
    {
        var board = new SignalBoard([new Signal("service.up{api}", 1, "Prometheus: timeout", Platform.Now, Freshness.Stale, "Prometheus"),
            new Signal("service.requests{api}", 50, "Prometheus: timeout", Platform.Now, Freshness.Stale, "Prometheus")]);

        var service = ServiceHealth.Judge(Api, board);

        Assert.Equal((HealthStatus.Unknown, "Prometheus: timeout"), (service.Status, service.Doubt));
    }

    [Fact]
    public void Service_of_a_platform_without_metrics_is_not_configured()
    {
        var board = SignalDerivation.Derive(Platform.NothingConfigured, PlatformFacts.Reference, Platform.Now);

        var service = ServiceHealth.Judge(Api, board);

        Assert.Equal((HealthStatus.NotConfigured, "Prometheus is not configured"), (service.Status, service.Doubt));
    }

    [Fact]
    public void Service_before_the_first_answer_says_what_is_awaited()
    {
        var board = SignalDerivation.Derive(Platform.Waiting, PlatformFacts.Reference, Platform.Now);

        var service = ServiceHealth.Judge(Api, board);

        Assert.Equal((HealthStatus.Unknown, "waiting for the first answer of Prometheus"), (service.Status, service.Doubt));
    }

    private static SignalBoard Board(double? up, double? requests, double? errors, double? p95) => WebSocketCard.Board(
        ("service.up{api}", up), ("service.requests{api}", requests), ("service.errors{api}", errors), ("service.p95{api}", p95));
}
