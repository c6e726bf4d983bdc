namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>What a request came to.</summary>
internal abstract record KubeResult<T>
{
    private KubeResult() { }

    public sealed record Done(T Value) : KubeResult<T>;

    public sealed record Failed(KubeFailure Failure) : KubeResult<T>;
}
