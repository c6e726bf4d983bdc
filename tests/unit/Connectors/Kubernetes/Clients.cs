using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Connectors.Kubernetes.Config;
using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Tests.Connectors.Kubernetes;

/// <summary>Clients as tests need them: anonymous at an address, or as a kubeconfig says.</summary>
internal static class Clients
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static KubeClient At(Uri server, TimeProvider? clock = null) =>
        Of(new(server, new(null, null, SkipVerification: false), new FixedCredential(Credential.None)), clock);

    public static KubeClient From(string kubeconfig, TimeProvider? clock = null, string? context = null, bool allowInsecureTls = false) =>
        Of(KubeTarget.From(
            new() { Kubeconfig = kubeconfig, Context = context, AllowInsecureTls = allowInsecureTls }, clock ?? TimeProvider.System), clock);

    public static Task<KubeResult<Deployment>> ReadAsync(this KubeClient client) =>
        client.GetAsync(KubeKinds.Deployments, "bondx", "gateway", CancellationToken.None);

    public static KubeFailure Failure<T>(this KubeResult<T> result) => Assert.IsType<KubeResult<T>.Failed>(result).Failure;

    public static T Value<T>(this KubeResult<T> result) => Assert.IsType<KubeResult<T>.Done>(result).Value;

    private static KubeClient Of(KubeTarget target, TimeProvider? clock) => new(new(target), Timeout, clock ?? TimeProvider.System);
}

/// <summary>Objects as the API server writes them.</summary>
internal static class Json
{
    public static string Deployment(string name = "gateway", string version = "41", int replicas = 4, int ready = 4, int generation = 3) =>
        $$$$"""
        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"{{{{name}}}}","namespace":"bondx","uid":"uid-{{{{name}}}}","resourceVersion":"{{{{version}}}}","generation":{{{{generation}}}},"annotations":{"deployment.kubernetes.io/revision":"2"}},"spec":{"replicas":{{{{replicas}}}},"template":{"spec":{"containers":[{"name":"app","image":"{{{{name}}}}:1.4"}]}}},"status":{"observedGeneration":{{{{generation}}}},"replicas":{{{{replicas}}}},"readyReplicas":{{{{ready}}}}}}
        """;

    public static string Autoscaler(string name, string target) =>
        $$$$"""
        {"metadata":{"name":"{{{{name}}}}","namespace":"bondx","uid":"uid-{{{{name}}}}","resourceVersion":"9"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"{{{{target}}}}","apiVersion":"apps/v1"},"minReplicas":2,"maxReplicas":12}}
        """;

    public static string List(string version, params string[] items) =>
        $$$$"""{"kind":"List","metadata":{"resourceVersion":"{{{{version}}}}"},"items":[{{{{string.Join(',', items)}}}}]}""";

    public static string Event(string type, string json) => $$$$"""{"type":"{{{{type}}}}","object":{{{{json}}}}}""";
}
