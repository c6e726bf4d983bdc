using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Domain.Executions;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Connectors.Kubernetes;

/// <summary>What the cockpit reads of a cluster's objects and how it asks for changes: every one on condition of identity and version.</summary>
public sealed class KubernetesObjectsTests : IAsyncLifetime
{
    private const string Namespace = "/api/v1/namespaces/bondx";
    private const string Apps = "/apis/apps/v1/namespaces/bondx";
    private const string Template = """{"metadata":{"labels":{"app":"gateway"},"annotations":{"cockpit/execution":"e-1"}},"spec":{"containers":[{"name":"app","image":"gateway:1.4","env":[{"name":"MODE","value":"fast"},{"name":"KEY","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}],"resources":{"limits":{"memory":"1Gi"}}}],"volumes":[{"name":"c","configMap":{"name":"settings"}}]}}""";
    private const string Older = """{"metadata":{"labels":{"app":"gateway","pod-template-hash":"aaa"}},"spec":{"containers":[{"name":"app","image":"gateway:1.3"}]}}""";

    private static readonly ObjectName Gateway = new("bondx", "gateway");

    private readonly Dictionary<string, string> _objects = new()
    {
        [$"{Namespace}/configmaps/settings"] = """{"metadata":{"name":"settings","namespace":"bondx","uid":"uid-c","resourceVersion":"7"},"data":{"a":"1"}}""",
        [$"{Namespace}/services/front"] = """{"metadata":{"name":"front","namespace":"bondx","uid":"uid-s","resourceVersion":"8"},"spec":{"selector":{"version":"blue"},"sessionAffinity":"ClientIP"}}""",
        [$"{Namespace}/pods"] = Json.List("9",
            """{"metadata":{"name":"gateway-aaa-1","namespace":"bondx","uid":"uid-p","labels":{"app":"gateway","pod-template-hash":"aaa"},"ownerReferences":[{"kind":"ReplicaSet","name":"gateway-aaa","uid":"uid-rs"}]},"status":{"conditions":[{"type":"Ready","status":"True"}]}}""",
            """{"metadata":{"name":"lonely","namespace":"bondx","uid":"uid-l"},"status":{}}"""),
        [$"{Apps}/deployments/gateway"] = Deployment(Template),
        [$"{Apps}/deployments"] = Json.List("9", Deployment(Template)),
        [$"{Apps}/replicasets"] = Json.List("9", Set("gateway-aaa", 1, "uid-gateway", Older), Set("gateway-bbb", 2, "uid-gateway", Template), Set("other-ccc", 5, "uid-other", Older)),
        ["/apis/autoscaling/v1/namespaces/bondx/horizontalpodautoscalers"] = Json.List("9", Json.Autoscaler("ours", "gateway"), Json.Autoscaler("theirs", "orders")),
    };

    private readonly FakeClock _clock = new();
    private FakeApiServer _server = null!;
    private KubeClient _client = null!;
    private KubernetesObjects _cluster = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _server.Answer = context => context.Request.Method != "GET" ? context.Json("""{"metadata":{"name":"x","namespace":"bondx","resourceVersion":"42"}}""")
            : _objects.TryGetValue(context.Request.Path, out var found) ? context.Json(found)
            : context.Fail(404, "NotFound", "there is none");
        _client = Clients.At(_server.Address);
        _cluster = new KubernetesObjects(_client, _clock);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Config_map_is_read_with_whoever_follows_it()
    {
        var config = Done(await _cluster.ReadConfigAsync(new("bondx", "settings"), CancellationToken.None));

        Assert.Equal(("uid-c", "7", "1"), (config.Uid, config.Version, config.Data["a"]));
        Assert.Equal([new ConfigReader("gateway", AtStartOnly: false)], config.Readers.AsEnumerable());
    }

    [Fact]
    public async Task Config_map_whose_readers_may_not_be_listed_is_not_taken_for_one_that_nobody_reads()
    {
        _objects.Remove($"{Apps}/deployments");

        Assert.Equal(new TargetFailure.NotFound("there is none"), Why(await _cluster.ReadConfigAsync(new("bondx", "settings"), CancellationToken.None)));
    }

    [Fact]
    public async Task Workload_is_read_with_its_containers_its_mark_and_its_autoscaler()
    {
        var workload = Done(await _cluster.ReadWorkloadAsync(Gateway, CancellationToken.None));

        Assert.Equal(("41", "e-1", true, true), (workload.Version, workload.Mark, workload.RolledOut, workload.Gradual));
        Assert.Equal(("uid-gateway", 4, "gateway:1.4", "ours"), (workload.Reading.Uid, workload.Reading.ReadyReplicas, workload.Reading.Image, workload.Reading.Autoscaler!.Name));
        var container = Assert.Single(workload.Containers);
        Assert.Equal(("fast", "(set from elsewhere)", "1Gi"), (container.Environment["MODE"], container.Environment["KEY"], container.Limits["memory"]));
    }

    [Fact]
    public async Task Rollout_that_replaces_pods_is_not_done()
    {
        _objects[$"{Apps}/deployments/gateway"] = Deployment(Template, updated: 2);

        Assert.False(Done(await _cluster.ReadWorkloadAsync(Gateway, CancellationToken.None)).RolledOut);
    }

    [Fact]
    public async Task Revisions_are_its_own_the_newest_first()
    {
        var revisions = Done(await _cluster.ListRevisionsAsync(Gateway, CancellationToken.None));

        Assert.Equal([(2, "gateway:1.4"), (1, "gateway:1.3")], revisions.Select(revision => (revision.Number, revision.Image)));
        Assert.Equal(Done(await _cluster.ReadWorkloadAsync(Gateway, CancellationToken.None)).TemplateDigest, revisions[0].TemplateDigest);
    }

    [Fact]
    public async Task Pods_tell_whether_they_are_ready_and_who_would_replace_them()
    {
        var pods = Done(await _cluster.ListPodsAsync("bondx", CancellationToken.None));

        Assert.Equal([("gateway-aaa-1", "uid-p", true, "gateway"), ("lonely", "uid-l", false, null)], pods.Select(pod => (pod.Name, pod.Uid, pod.Ready, pod.Workload)));
    }

    [Fact]
    public async Task Service_and_autoscaler_are_read_and_none_is_not_found()
    {
        var service = Done(await _cluster.ReadServiceAsync(new("bondx", "front"), CancellationToken.None));
        var autoscaler = Done(await _cluster.ReadAutoscalerAsync(Gateway, CancellationToken.None));
        _objects["/apis/autoscaling/v1/namespaces/bondx/horizontalpodautoscalers"] = Json.List("9");

        Assert.Equal(("uid-s", "8", "blue", "ClientIP"), (service.Uid, service.Version, service.Selector["version"], service.SessionAffinity));
        Assert.Equal(new AutoscalerSeen("ours", "uid-ours", "9", 2, 12), autoscaler);
        Assert.Equal(new TargetFailure.NotFound("no autoscaler owns bondx/gateway"), Why(await _cluster.ReadAutoscalerAsync(Gateway, CancellationToken.None)));
    }

    public static TheoryData<string> Changes => ["config", "template", "selector", "minimum", "revision"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_is_a_patch_of_what_it_names_on_condition_of_identity_and_version(string name)
    {
        var (change, path, body) = await ChangeAsync(name);

        Assert.Equal("42", Done(await _cluster.ChangeAsync(change, "uid-1", "17", dryRun: false, CancellationToken.None)));
        await _cluster.ChangeAsync(change, "uid-1", "17", dryRun: true, CancellationToken.None);

        var sent = _server.Requests.Where(request => request.Method == "PATCH").ToList();
        Assert.Equal([(path, false), (path, true)], sent.Select(request => (request.Path, request.Query.Contains("dryRun=All", StringComparison.Ordinal))));
        var patch = JsonNode.Parse(sent[0].Body)!.AsObject();
        Assert.Equal(("uid-1", "17"), ((string)patch["metadata"]!["uid"]!, (string)patch["metadata"]!["resourceVersion"]!));
        patch.Remove("metadata");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), patch), patch.ToJsonString());
        Assert.Equal(name == "template" ? "application/strategic-merge-patch+json" : "application/merge-patch+json", sent[0].ContentType);
    }

    [Fact]
    public async Task Pod_is_deleted_on_condition_of_its_identity()
    {
        Done(await _cluster.ChangeAsync(new ClusterChange.PodGone(new("bondx", "gateway-aaa-1")), "uid-p", "", dryRun: false, CancellationToken.None));

        var sent = Assert.Single(_server.Requests);
        Assert.Equal(("DELETE", $"{Namespace}/pods/gateway-aaa-1", "uid-p"), (sent.Method, sent.Path, (string)JsonNode.Parse(sent.Body)!["preconditions"]!["uid"]!));
    }

    [Fact]
    public async Task Change_without_a_version_is_never_sent()
    {
        var (change, _, _) = await ChangeAsync("config");

        await Assert.ThrowsAnyAsync<ArgumentException>(() => _cluster.ChangeAsync(change, "uid-1", "", dryRun: false, CancellationToken.None));
        Assert.DoesNotContain(_server.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task Revision_that_is_not_kept_any_more_changes_nothing()
    {
        var gone = await _cluster.ChangeAsync(new ClusterChange.Revision(Gateway, "no such"), "uid-1", "17", dryRun: false, CancellationToken.None);

        Assert.Equal(new TargetFailure.Invalid("bondx/gateway does not keep that revision any more"), Why(gone));
        Assert.DoesNotContain(_server.Requests, request => request.Method == "PATCH");
    }

    public static TheoryData<int, TargetFailure> Refusals => new()
    {
        { 401, new TargetFailure.Unauthenticated("words") },
        { 403, new TargetFailure.Forbidden("words") },
        { 404, new TargetFailure.NotFound("words") },
        { 409, new TargetFailure.Conflict("words") },
        { 422, new TargetFailure.Invalid("words") },
        { 500, new TargetFailure.Unreachable("the API server answered 500: words") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_change_says_how(int code, TargetFailure why)
    {
        var (change, _, _) = await ChangeAsync("config");
        _server.Answer = context => context.Fail(code, "Reason", "words");

        Assert.Equal(why, Why(await _cluster.ChangeAsync(change, "uid-1", "17", dryRun: false, CancellationToken.None)));
    }

    [Fact]
    public async Task Change_whose_answer_is_lost_is_unreachable_and_not_refused()
    {
        var (change, _, _) = await ChangeAsync("config");
        _server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.IsType<TargetFailure.Unreachable>(Why(await _cluster.ChangeAsync(change, "uid-1", "17", dryRun: false, CancellationToken.None)));
    }

    private async Task<(ClusterChange Change, string Path, string Body)> ChangeAsync(string name) => name switch
    {
        "config" => (new ClusterChange.ConfigData(new("bondx", "settings"), Values(("a", "2"), ("b", null))), $"{Namespace}/configmaps/settings", """{"data":{"a":"2","b":null}}"""),
        "selector" => (new ClusterChange.Selector(new("bondx", "front"), Values(("version", null))), $"{Namespace}/services/front", """{"spec":{"selector":{"version":null}}}"""),
        "minimum" => (new ClusterChange.AutoscalerMinimum(Gateway, 6), "/apis/autoscaling/v1/namespaces/bondx/horizontalpodautoscalers/ours", """{"spec":{"minReplicas":6}}"""),
        "template" => (new ClusterChange.Template(Gateway, "app", Values(("MODE", "slow")), Values(), "e-2"), $"{Apps}/deployments/gateway",
            """{"spec":{"template":{"metadata":{"annotations":{"cockpit/execution":"e-2","kubectl.kubernetes.io/restartedAt":"2026-11-22T03:12:00Z"}},"spec":{"containers":[{"name":"app","env":[{"name":"MODE","value":"slow"}]}]}}}}"""),
        _ => (new ClusterChange.Revision(Gateway, Done(await _cluster.ListRevisionsAsync(Gateway, CancellationToken.None))[1].TemplateDigest), $"{Apps}/deployments/gateway",
            """{"spec":{"template":{"metadata":{"annotations":null},"spec":{"volumes":null,"containers":[{"name":"app","image":"gateway:1.3"}]}}}}"""),
    };

    private static ImmutableSortedDictionary<string, string?> Values(params (string Name, string? Value)[] values) =>
        TargetState.FieldsOf(values.Select(value => new KeyValuePair<string, string?>(value.Name, value.Value)));

    private static string Deployment(string template, int updated = 4) =>
        $$$$"""{"metadata":{"name":"gateway","namespace":"bondx","uid":"uid-gateway","resourceVersion":"41","generation":3,"annotations":{"deployment.kubernetes.io/revision":"2"}},"spec":{"replicas":4,"template":{{{{template}}}}},"status":{"observedGeneration":3,"replicas":4,"readyReplicas":4,"updatedReplicas":{{{{updated}}}}}}""";

    private static string Set(string name, int revision, string owner, string template) =>
        $$$$"""{"metadata":{"name":"{{{{name}}}}","namespace":"bondx","uid":"uid-{{{{name}}}}","annotations":{"deployment.kubernetes.io/revision":"{{{{revision}}}}"},"ownerReferences":[{"kind":"Deployment","name":"gateway","uid":"{{{{owner}}}}"}]},"spec":{"template":{{{{template}}}}}}""";

    private static T Done<T>(TargetAnswer<T> answer) => Assert.IsType<TargetAnswer<T>.Done>(answer).Value;

    private static TargetFailure Why<T>(TargetAnswer<T> answer) => Assert.IsType<TargetAnswer<T>.Failed>(answer).Why;
}
