using System.Text.Json.Nodes;
using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Connectors.Kubernetes.Config;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.E2E.Lab;

/// <summary>The connector against a real API server. Each test lives in a namespace of its own and removes it.</summary>
[Trait("needs", "lab")]
public sealed class KubernetesLabTests : IAsyncLifetime
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly string _namespace = $"cockpit-test-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cockpit-lab-");
    private LabCluster _cluster = null!;
    private KubeClient _client = null!;
    private KubernetesDeployments _deployments = null!;

    private DeploymentRef Target => new(_namespace, "websocket-manager");

    public async Task InitializeAsync()
    {
        var kubeconfig = Environment.GetEnvironmentVariable("COCKPIT_LAB_KUBECONFIG")
            ?? throw new InvalidOperationException("COCKPIT_LAB_KUBECONFIG names no kubeconfig; bring the lab up first.");
        _cluster = new(kubeconfig, _namespace);
        _client = ClientOf(kubeconfig);
        _deployments = new(_client);
        await _cluster.CreateNamespaceAsync();
        await _cluster.CreateDeploymentAsync(Target.Name, 4);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DeleteNamespaceAsync();
        _cluster.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Scale_changes_the_real_count_and_says_what_the_next_read_says()
    {
        var before = await SettledAsync();

        var scaled = Assert.IsType<ClusterAnswer.Accepted>(await _deployments.ScaleAsync(Target, 8, before.ResourceVersion, CancellationToken.None));
        var after = await ReadAsync();

        Assert.Equal(before.Workload with { Replicas = 8, Generation = before.Workload.Generation + 1 }, scaled.Workload);
        Assert.Equal(
            (8, scaled.Workload.Generation, before.Workload.Uid), (after.Workload.Replicas, after.Workload.Generation, after.Workload.Uid));
        Assert.NotEqual(before.ResourceVersion, scaled.ResourceVersion);
    }

    [Fact]
    public async Task Dry_run_says_what_would_be_and_changes_nothing()
    {
        var before = await SettledAsync();

        var would = Assert.IsType<ClusterAnswer.Accepted>(await _deployments.DryRunScaleAsync(Target, 8, before.ResourceVersion, CancellationToken.None));

        Assert.Equal(8, would.Workload.Replicas);
        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task Version_that_has_passed_is_a_conflict_for_the_server_too()
    {
        var before = await SettledAsync();
        Assert.IsType<ClusterAnswer.Accepted>(await _deployments.ScaleAsync(Target, 5, before.ResourceVersion, CancellationToken.None));

        Assert.IsType<ClusterAnswer.Conflict>(await _deployments.ScaleAsync(Target, 6, before.ResourceVersion, CancellationToken.None));
        var stale = new Scale(new(Target.Name, _namespace, ResourceVersion: before.ResourceVersion), new(6));
        Assert.IsType<KubeFailure.Conflict>(Failure(await _client.ReplaceScaleAsync(KubeKinds.Deployments, stale, dryRun: false, CancellationToken.None)));
        var otherUid = new Scale(new(Target.Name, _namespace, Uid: "00000000-0000-0000-0000-000000000000"), new(6));
        Assert.IsType<KubeFailure.Conflict>(Failure(await _client.ReplaceScaleAsync(KubeKinds.Deployments, otherUid, dryRun: true, CancellationToken.None)));
        Assert.Equal(5, (await ReadAsync()).Workload.Replicas);
    }

    [Fact]
    public async Task Refusals_of_the_real_server_keep_their_kind()
    {
        var before = await SettledAsync();

        Assert.IsType<ClusterAnswer.Invalid>(await _deployments.ScaleAsync(Target, -1, before.ResourceVersion, CancellationToken.None));
        Assert.IsType<ClusterAnswer.NotFound>(await _deployments.ReadAsync(Target with { Name = "ghost" }, CancellationToken.None));
        using var nobody = ClientOf(_cluster.KubeconfigWithToken(_folder, "wrong"));
        Assert.IsType<ClusterAnswer.Unauthenticated>(await new KubernetesDeployments(nobody).ReadAsync(Target, CancellationToken.None));
    }

    [Fact]
    public async Task Account_that_may_only_read_is_forbidden_to_scale()
    {
        await SettledAsync();
        using var limited = ClientOf(_cluster.KubeconfigWithToken(_folder, await _cluster.ReaderTokenAsync("reader")));
        var deployments = new KubernetesDeployments(limited);
        var read = Assert.IsType<ClusterAnswer.Accepted>(await deployments.ReadAsync(Target, CancellationToken.None));

        Assert.IsType<ClusterAnswer.Forbidden>(await deployments.ScaleAsync(Target, 8, read.ResourceVersion, CancellationToken.None));
        Assert.IsType<ClusterAnswer.Forbidden>(await deployments.DryRunScaleAsync(Target, 8, read.ResourceVersion, CancellationToken.None));
        Assert.IsType<ClusterAnswer.Forbidden>(await deployments.ReadAsync(Target with { Namespace = "kube-system" }, CancellationToken.None));
        Assert.Equal(4, (await ReadAsync()).Workload.Replicas);
    }

    [Fact]
    public async Task Autoscaler_of_the_deployment_is_found()
    {
        await _cluster.CreateAutoscalerAsync("websockets", Target.Name, 2, 12);

        Assert.Equal(new Autoscaler("websockets", 2, 12), (await ReadAsync()).Workload.Autoscaler);
    }

    [Fact]
    public async Task Source_sees_what_happens_in_the_cluster()
    {
        await SettledAsync();
        await using var source = new ClusterSource(_client, [_namespace], Clock, NullLogger<ClusterSource>.Instance);
        var first = await source.ReadAsync(CancellationToken.None);
        Assert.Equal(4, first.Value.Find(_namespace, Target.Name)?.Replicas);

        var read = await ReadAsync();
        Assert.IsType<ClusterAnswer.Accepted>(await _deployments.ScaleAsync(Target, 8, read.ResourceVersion, CancellationToken.None));
        await _cluster.CreateDeploymentAsync("gateway", 2);
        await UntilAsync(async () =>
            (await source.ReadAsync(CancellationToken.None)).Value is { Workloads.Length: 2 } seen && seen.Find(_namespace, Target.Name)?.Replicas == 8);
        await _cluster.DeleteAsync($"/apis/apps/v1/namespaces/{_namespace}/deployments/gateway");
        await UntilAsync(async () => (await source.ReadAsync(CancellationToken.None)).Value.Workloads.Length == 1);
    }

    [Fact]
    public async Task Watch_tells_of_a_new_deployment()
    {
        var list = Value(await _client.ListAsync(KubeKinds.Deployments, _namespace, null, CancellationToken.None));
        await using var watch = Value(await _client.WatchAsync(KubeKinds.Deployments, _namespace, list.ResourceVersion, CancellationToken.None));
        await _cluster.CreateDeploymentAsync("orders", 1);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), Clock);
        while (await watch.NextAsync(patience.Token) is { } told)
            if (told is WatchEvent<Deployment>.Changed { Object.Metadata.Name: "orders" }) return;
        Assert.Fail("The watch ended before it told of the new Deployment.");
    }

    [Fact]
    public async Task Patches_of_both_kinds_change_what_they_name_and_honour_their_conditions()
    {
        var created = await _cluster.CreateConfigMapAsync("limits", "rate", "100");
        var change = KubePatch.Merge(new() { ["data"] = new JsonObject { ["rate"] = "200" } });

        var dry = Value(await _client.PatchAsync(KubeKinds.ConfigMaps, _namespace, "limits", change, dryRun: true, CancellationToken.None));
        var still = Value(await _client.GetAsync(KubeKinds.ConfigMaps, _namespace, "limits", CancellationToken.None));
        var done = Value(await _client.PatchAsync(
            KubeKinds.ConfigMaps, _namespace, "limits", change with { ResourceVersion = created }, dryRun: false, CancellationToken.None));
        var stale = await _client.PatchAsync(
            KubeKinds.ConfigMaps, _namespace, "limits", change with { ResourceVersion = created }, dryRun: false, CancellationToken.None);
        var other = await _client.PatchAsync(
            KubeKinds.ConfigMaps, _namespace, "limits", change with { Uid = "00000000-0000-0000-0000-000000000000" }, dryRun: false, CancellationToken.None);

        Assert.Equal(("200", "100", "200"), (dry.Data!["rate"], still.Data!["rate"], done.Data!["rate"]));
        Assert.IsType<KubeFailure.Conflict>(Failure(stale));
        Assert.IsType<KubeFailure.Conflict>(Failure(other));

        var image = KubePatch.Strategic(JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"lab:2"}]}}}}""")!.AsObject());
        var patched = Value(await _client.PatchAsync(KubeKinds.Deployments, _namespace, Target.Name, image, dryRun: false, CancellationToken.None));
        Assert.Equal("lab:2", Assert.Single(patched.Spec!.Template!.Spec!.Containers!).Image);
    }

    private static KubeClient ClientOf(string kubeconfig) =>
        new(new(KubeTarget.From(new() { Kubeconfig = kubeconfig }, Clock)), TimeSpan.FromSeconds(10), Clock);

    private async Task<ClusterAnswer.Accepted> ReadAsync() =>
        Assert.IsType<ClusterAnswer.Accepted>(await _deployments.ReadAsync(Target, CancellationToken.None));

    /// <summary>Waits until the controllers have said all they have to say about the Deployment, so that its version stands still.</summary>
    private async Task<ClusterAnswer.Accepted> SettledAsync()
    {
        ClusterAnswer.Accepted? last = null;
        await UntilAsync(async () =>
        {
            var now = await ReadAsync();
            var quiet = now == last && now.Workload is { Revision: 1 } workload && workload.ObservedGeneration == workload.Generation;
            last = now;
            return quiet;
        }, TimeSpan.FromMilliseconds(1500));
        return last!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? pause = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), Clock);
        while (!await holds()) await Task.Delay(pause ?? TimeSpan.FromMilliseconds(20), Clock, patience.Token);
    }

    private static T Value<T>(KubeResult<T> result) => Assert.IsType<KubeResult<T>.Done>(result).Value;

    private static KubeFailure Failure<T>(KubeResult<T> result) => Assert.IsType<KubeResult<T>.Failed>(result).Failure;

    /// <summary>Prepares the real cluster for a test by plain requests, with the lab administrator's token.</summary>
    private sealed class LabCluster : IDisposable
    {
        private readonly string _kubeconfig;
        private readonly string _namespace;
        private readonly KubeTarget _target;
        private readonly HttpClient _http;

        public LabCluster(string kubeconfig, string @namespace)
        {
            (_kubeconfig, _namespace) = (kubeconfig, @namespace);
            _target = KubeTarget.From(new() { Kubeconfig = kubeconfig }, Clock);
            var handler = new SocketsHttpHandler { UseProxy = false };
            _target.Trust.ApplyTo(handler.SslOptions);
            _http = new(handler) { BaseAddress = _target.Server };
        }

        public Task CreateNamespaceAsync() => PostAsync("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{_namespace}}}"}}""");

        public Task DeleteNamespaceAsync() => DeleteAsync($"/api/v1/namespaces/{_namespace}");

        public Task CreateDeploymentAsync(string name, int replicas) => PostAsync($"/apis/apps/v1/namespaces/{_namespace}/deployments", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = JsonNode.Parse($$$$"""
                {"replicas":{{{{replicas}}}},"selector":{"matchLabels":{"app":"{{{{name}}}}"}},
                 "template":{"metadata":{"labels":{"app":"{{{{name}}}}"}},"spec":{"containers":[{"name":"app","image":"lab:1"}]}}}
                """),
        }.ToJsonString());

        public Task CreateAutoscalerAsync(string name, string target, int least, int most) =>
            PostAsync($"/apis/autoscaling/v1/namespaces/{_namespace}/horizontalpodautoscalers", $$$$"""
                {"metadata":{"name":"{{{{name}}}}"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"{{{{target}}}}"},"minReplicas":{{{{least}}}},"maxReplicas":{{{{most}}}}}}
                """);

        /// <summary>Creates a ConfigMap and returns its version.</summary>
        public async Task<string> CreateConfigMapAsync(string name, string key, string value)
        {
            var created = await PostAsync($"/api/v1/namespaces/{_namespace}/configmaps", $$$$"""{"metadata":{"name":"{{{{name}}}}"},"data":{"{{{{key}}}}":"{{{{value}}}}"}}""");
            return created["metadata"]!["resourceVersion"]!.GetValue<string>();
        }

        /// <summary>The token of a service account that may read Deployments and autoscalers of the namespace and nothing else.</summary>
        public async Task<string> ReaderTokenAsync(string account)
        {
            await PostAsync($"/api/v1/namespaces/{_namespace}/serviceaccounts", $$$"""{"metadata":{"name":"{{{account}}}"}}""");
            await PostAsync($"/apis/rbac.authorization.k8s.io/v1/namespaces/{_namespace}/roles", """
                {"metadata":{"name":"reader"},"rules":[{"apiGroups":["apps","autoscaling"],"resources":["deployments","horizontalpodautoscalers"],"verbs":["get","list","watch"]}]}
                """);
            await PostAsync($"/apis/rbac.authorization.k8s.io/v1/namespaces/{_namespace}/rolebindings", $$$$"""
                {"metadata":{"name":"reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},
                 "subjects":[{"kind":"ServiceAccount","name":"{{{{account}}}}","namespace":"{{{{_namespace}}}}"}]}
                """);
            var issued = await PostAsync($"/api/v1/namespaces/{_namespace}/serviceaccounts/{account}/token", """{"spec":{"expirationSeconds":3600}}""");
            return issued["status"]!["token"]!.GetValue<string>();
        }

        /// <summary>A kubeconfig like the lab's, whose first entry for the lab's user carries another token.</summary>
        public string KubeconfigWithToken(DirectoryInfo folder, string token)
        {
            var user = System.Text.RegularExpressions.Regex.Match(File.ReadAllText(_kubeconfig), @"users:\s*(?:\[\{|-\s*\{?)\s*name:\s*""?([\w-]+)").Groups[1].Value;
            var first = Path.Combine(folder.FullName, $"as-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}");
            File.WriteAllText(first, $"users: [{{name: {user}, user: {{token: {token}}}}}]\n");
            return $"{first}{Path.PathSeparator}{_kubeconfig}";
        }

        public async Task DeleteAsync(string path)
        {
            using var response = await SendAsync(new(HttpMethod.Delete, path));
            response.EnsureSuccessStatusCode();
        }

        public void Dispose()
        {
            _http.Dispose();
            _target.Dispose();
        }

        private async Task<JsonNode> PostAsync(string path, string json)
        {
            using var response = await SendAsync(new(HttpMethod.Post, path) { Content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) });
            var body = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new InvalidOperationException($"POST {path}: {body}");
        }

        private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            using (request)
            {
                var credential = await _target.Credentials.GetAsync(CancellationToken.None);
                request.Headers.Authorization = new("Bearer", credential.Token);
                return await _http.SendAsync(request);
            }
        }
    }
}
