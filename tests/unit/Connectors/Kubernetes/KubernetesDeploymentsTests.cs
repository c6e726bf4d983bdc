using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Microsoft.AspNetCore.Http;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class KubernetesDeploymentsTests : IAsyncLifetime
{
    private static readonly DeploymentRef Gateway = new("bondx", "gateway");
    private static readonly WorkloadReading Read = new("bondx", "gateway", "uid-gateway", 3, 3, 4, 4, "gateway:1.4", 2, null);

    private FakeApiServer _server = null!;
    private KubeClient _client = null!;
    private KubernetesDeployments _deployments = null!;
    private string[] _autoscalers = [];
    private RequestDelegate _put = context => context.Json("""{"metadata":{"name":"gateway","namespace":"bondx","resourceVersion":"42"},"spec":{"replicas":8}}""");

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _server.Answer = context =>
            context.Request.Method == "PUT" ? _put(context)
            : context.Request.Path.Value!.EndsWith("/horizontalpodautoscalers", StringComparison.Ordinal) ? context.Json(Json.List("9", _autoscalers))
            : context.Request.Path.Value.EndsWith("/gateway", StringComparison.Ordinal) ? context.Json(Json.Deployment())
            : context.Fail(404, "NotFound", "there is no ghost");
        _client = Clients.At(_server.Address);
        _deployments = new(_client);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Read_tells_the_workload_and_its_version() =>
        Assert.Equal(new ClusterAnswer.Accepted(Read, "41"), await _deployments.ReadAsync(Gateway, CancellationToken.None));

    [Fact]
    public async Task Read_tells_the_autoscaler_that_owns_the_count_and_no_other()
    {
        _autoscalers = [Json.Autoscaler("theirs", "orders"), Json.Autoscaler("ours", "gateway")];

        Assert.Equal(
            new ClusterAnswer.Accepted(Read with { Autoscaler = new("ours", 2, 12) }, "41"), await _deployments.ReadAsync(Gateway, CancellationToken.None));
    }

    [Fact]
    public async Task Autoscalers_that_may_not_be_read_are_not_taken_for_none()
    {
        _server.Answer = context => context.Request.Path.Value!.Contains("autoscaling", StringComparison.Ordinal)
            ? context.Fail(403, "Forbidden", "no autoscalers for you")
            : context.Json(Json.Deployment());

        Assert.Equal(new ClusterAnswer.Forbidden("no autoscalers for you"), await _deployments.ReadAsync(Gateway, CancellationToken.None));
    }

    [Fact]
    public async Task Deployment_that_is_not_there_is_not_found() =>
        Assert.Equal(new ClusterAnswer.NotFound("there is no ghost"), await _deployments.ReadAsync(new("bondx", "ghost"), CancellationToken.None));

    [Theory]
    [InlineData(false, "?fieldManager=cockpit")]
    [InlineData(true, "?fieldManager=cockpit&dryRun=All")]
    public async Task Scale_replaces_the_subresource_on_condition_of_version_and_uid(bool dryRun, string query)
    {
        var answer = dryRun
            ? await _deployments.DryRunScaleAsync(Gateway, 8, "41", CancellationToken.None)
            : await _deployments.ScaleAsync(Gateway, 8, "41", CancellationToken.None);

        Assert.Equal(new ClusterAnswer.Accepted(Read with { Replicas = 8, Generation = 4 }, "42"), answer);
        Assert.Equal(
            new("PUT", "/apis/apps/v1/namespaces/bondx/deployments/gateway/scale", query,
                """{"metadata":{"name":"gateway","namespace":"bondx","uid":"uid-gateway","resourceVersion":"41","generation":0},"spec":{"replicas":8},"apiVersion":"autoscaling/v1","kind":"Scale"}""",
                "application/json", "", null),
            Assert.Single(_server.Requests, request => request.Method == "PUT"));
    }

    [Fact]
    public async Task Scale_of_a_version_that_has_passed_is_a_conflict_and_sends_nothing()
    {
        Assert.Equal(
            new ClusterAnswer.Conflict("bondx/gateway has changed since it was read"), await _deployments.ScaleAsync(Gateway, 8, "40", CancellationToken.None));
        Assert.DoesNotContain(_server.Requests, request => request.Method == "PUT");
    }

    public static TheoryData<int, ClusterAnswer> Refusals => new()
    {
        { 401, new ClusterAnswer.Unauthenticated("words") },
        { 403, new ClusterAnswer.Forbidden("words") },
        { 404, new ClusterAnswer.NotFound("words") },
        { 409, new ClusterAnswer.Conflict("words") },
        { 422, new ClusterAnswer.Invalid("words") },
        { 429, new ClusterAnswer.Throttled("words", null) },
        { 410, new ClusterAnswer.Unreachable("words") },
        { 500, new ClusterAnswer.Unreachable("the API server answered 500: words") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_scale_says_how(int code, ClusterAnswer answer)
    {
        _put = context => context.Fail(code, "Reason", "words");

        Assert.Equal(answer, await _deployments.ScaleAsync(Gateway, 8, "41", CancellationToken.None));
    }

    [Fact]
    public async Task Scale_whose_answer_is_lost_is_unreachable_and_not_refused()
    {
        _put = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.IsType<ClusterAnswer.Unreachable>(await _deployments.ScaleAsync(Gateway, 8, "41", CancellationToken.None));
    }
}
