namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>Where the API keeps a kind of object.</summary>
/// <param name="Group">Path of its group and version.</param>
/// <param name="Plural">Its resource name.</param>
internal sealed record KubeKind<T>(string Group, string Plural) where T : IKubeObject
{
    public string Collection(string @namespace) => $"{Group}/namespaces/{Segment(@namespace)}/{Plural}";

    public string One(string @namespace, string name) => $"{Collection(@namespace)}/{Segment(name)}";

    // A name of dots would walk up the path and address something else.
    private static string Segment(string name) =>
        name.Trim('.').Length > 0 ? Uri.EscapeDataString(name) : throw new ArgumentException($"\"{name}\" is not a name.", nameof(name));
}

internal static class KubeKinds
{
    public static readonly KubeKind<Deployment> Deployments = new("/apis/apps/v1", "deployments");
    public static readonly KubeKind<HorizontalPodAutoscaler> Autoscalers = new("/apis/autoscaling/v1", "horizontalpodautoscalers");
    public static readonly KubeKind<TemplateOwner> TemplatedDeployments = new("/apis/apps/v1", "deployments");
    public static readonly KubeKind<TemplateOwner> ReplicaSets = new("/apis/apps/v1", "replicasets");
    public static readonly KubeKind<Pod> Pods = new("/api/v1", "pods");
    public static readonly KubeKind<Service> Services = new("/api/v1", "services");
    public static readonly KubeKind<ConfigMap> ConfigMaps = new("/api/v1", "configmaps");
}
