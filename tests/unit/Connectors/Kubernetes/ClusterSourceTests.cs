using System.Threading.Channels;
using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Domain.Health;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Observing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class ClusterSourceTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly Channel<string?> _watchSays = Channel.CreateUnbounded<string?>();
    private FakeApiServer _server = null!;
    private KubeClient _client = null!;
    private ClusterSource _source = null!;
    private RequestDelegate _list = context => context.Json(Json.List("50", Json.Deployment()));
    private RequestDelegate _watch = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _watch = SayAsync;
        _server.Answer = context =>
        {
            var autoscalers = context.Request.Path.Value!.Contains("autoscaling", StringComparison.Ordinal);
            if (context.Request.Query.ContainsKey("watch")) return autoscalers ? StayAsync(context) : _watch(context);
            return autoscalers ? context.Json(Json.List("9", Json.Autoscaler("hpa", "orders"))) : _list(context);
        };
        _client = Clients.At(_server.Address, _clock);
        _source = new(_client, ["bondx"], _clock, NullLogger<ClusterSource>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task First_read_lists_and_is_as_old_as_the_question()
    {
        var asked = _clock.GetUtcNow();

        var observation = await _source.ReadAsync(CancellationToken.None);

        Assert.Equal((asked, "Kubernetes"), (observation.ObservedAt, observation.Source));
        Assert.Equal<WorkloadReading>(
            [new WorkloadReading("bondx", "gateway", "uid-gateway", 3, 3, 4, 4, "gateway:1.4", 2, null)], observation.Value.Workloads);
    }

    [Fact]
    public async Task Change_told_by_the_watch_is_seen_without_another_list()
    {
        await _source.ReadAsync(CancellationToken.None);

        Say(Json.Event("MODIFIED", Json.Deployment(version: "51", replicas: 8)), Json.Event("ADDED", Json.Deployment("orders", "52")));
        var reading = await UntilAsync(reading => reading.Workloads.Length == 2);

        Assert.Equal((8, new Autoscaler("hpa", 2, 12)), (reading.Find("bondx", "gateway")!.Replicas, reading.Find("bondx", "orders")!.Autoscaler));
        Say(Json.Event("DELETED", Json.Deployment(version: "53")));
        await UntilAsync(reading => reading.Find("bondx", "gateway") is null);
        Assert.Equal(1, Lists);
    }

    [Fact]
    public async Task Quiet_cluster_is_listed_again_before_its_reading_grows_old_and_keeps_its_watch()
    {
        await _source.ReadAsync(CancellationToken.None);
        await UntilAsync(_ => Watches.Count == 1);

        _clock.Advance(WatchedList<Deployment>.Trust + TimeSpan.FromSeconds(1));
        var observation = await _source.ReadAsync(CancellationToken.None);

        Assert.Equal(_clock.GetUtcNow(), observation.ObservedAt);
        Assert.Equal((2, 1), (Lists, Watches.Count));
    }

    [Fact]
    public async Task Watch_that_hangs_is_found_out_by_the_list_and_begun_anew()
    {
        _watch = StayAsync;
        await _source.ReadAsync(CancellationToken.None);
        await UntilAsync(_ => Watches.Count == 1);
        _list = context => context.Json(Json.List("60", Json.Deployment(version: "59", replicas: 7)));

        _clock.Advance(WatchedList<Deployment>.Trust + TimeSpan.FromSeconds(1));
        var observation = await _source.ReadAsync(CancellationToken.None);
        await UntilAsync(_ => Watches.Count == 2);

        Assert.Equal((7, _clock.GetUtcNow()), (observation.Value.Workloads[0].Replicas, observation.ObservedAt));
        Assert.Equal(["50", "60"], Watches);
    }

    [Fact]
    public async Task Watch_that_ended_in_good_order_goes_on_from_where_it_was()
    {
        await _source.ReadAsync(CancellationToken.None);
        Say("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"55"}}}""", null);

        await UntilAsync(_ => Watches.Count == 2, tick: WatchedList<Deployment>.ResumePause);

        Assert.Equal(["50", "55"], Watches);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forgotten_version_leads_to_a_new_list(bool insideTheBody)
    {
        _watch = insideTheBody
            ? context => context.Line("""{"type":"ERROR","object":{"kind":"Status","message":"too old","code":410}}""")
            : context => context.Fail(410, "Expired", "too old");
        await _source.ReadAsync(CancellationToken.None);
        await UntilAsync(_ => Watches.Count > 0);
        _watch = StayAsync;
        _list = context => context.Json(Json.List("70", Json.Deployment(version: "69", replicas: 6)));

        var reading = await UntilAsync(reading => reading.Workloads[0].Replicas == 6 && Watches[^1] == "70", tick: TimeSpan.FromSeconds(4));

        Assert.Equal(6, reading.Workloads[0].Replicas);
    }

    [Fact]
    public async Task Without_permission_to_watch_every_read_lists()
    {
        _watch = context => context.Fail(403, "Forbidden", "no watching");
        for (var replicas = 1; replicas <= 3; replicas++)
        {
            var (version, count) = ($"{replicas}", replicas);
            _list = context => context.Json(Json.List(version, Json.Deployment(version: version, replicas: count)));
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(count, (await _source.ReadAsync(CancellationToken.None)).Value.Workloads[0].Replicas);
        }
    }

    [Fact]
    public async Task Source_that_cannot_list_says_where_and_why_and_recovers_by_itself()
    {
        var list = _list;
        _list = context => context.Fail(403, "Forbidden", "deployments.apps is forbidden");

        var problem = await Assert.ThrowsAsync<SourceUnavailableException>(() => _source.ReadAsync(CancellationToken.None));
        _list = list;

        Assert.Equal("namespace bondx: deployments.apps is forbidden", problem.Message);
        Assert.Single((await _source.ReadAsync(CancellationToken.None)).Value.Workloads);
    }

    private int Lists => _server.Requests.Count(request => IsOfDeployments(request) && !request.Query.Contains("watch", StringComparison.Ordinal));

    private List<string> Watches =>
        [.. _server.Requests.Where(request => IsOfDeployments(request) && request.Query.Contains("watch", StringComparison.Ordinal))
            .Select(request => request.Query[(request.Query.LastIndexOf('=') + 1)..])];

    private static bool IsOfDeployments(ReceivedRequest request) => request.Path.Contains("deployments", StringComparison.Ordinal);

    private void Say(params string?[] lines)
    {
        foreach (var line in lines) Assert.True(_watchSays.Writer.TryWrite(line));
    }

    private async Task SayAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _server.Stopping);
        while (await _watchSays.Reader.ReadAsync(end.Token) is { } line) await context.Line(line);
    }

    private async Task StayAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _server.Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
    }

    /// <summary>Reads until the watch in the background has got that far; a failure shows as a test that never ends on its own.</summary>
    private async Task<ClusterReading> UntilAsync(Predicate<ClusterReading> reached, TimeSpan tick = default)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (true)
        {
            var reading = (await _source.ReadAsync(patience.Token)).Value;
            if (reached(reading)) return reading;
            if (tick > TimeSpan.Zero) _clock.Advance(tick);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience.Token);
        }
    }
}
