using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>One API server: where it is, how it proves itself and how we do.</summary>
/// <param name="Server">Its address; may carry a path that comes before every request's own.</param>
/// <param name="Trust">Which certificates are believed.</param>
/// <param name="Credentials">As whom we speak.</param>
/// <param name="Proxy">A proxy the kubeconfig asks for, or null.</param>
internal sealed record KubeTarget(Uri Server, TlsTrust Trust, ICredentialSource Credentials, Uri? Proxy = null) : IDisposable
{
    /// <exception cref="KubeconfigException">The configuration cannot be used.</exception>
    public static KubeTarget From(KubernetesOptions options, TimeProvider clock) =>
        options.InCluster
            ? InClusterTarget.Find(InClusterTarget.ServiceAccountDirectory, Environment.GetEnvironmentVariable)
            : KubeconfigTarget.Find(Kubeconfig.Load(options.Kubeconfig ?? ""), options.Context, options.AllowInsecureTls, clock);

    public void Dispose() => (Credentials as IDisposable)?.Dispose();
}
