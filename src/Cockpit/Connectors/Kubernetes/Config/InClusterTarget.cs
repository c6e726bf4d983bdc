using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>The API server of the cluster that the cockpit itself runs in, with the pod's service account.</summary>
internal static class InClusterTarget
{
    public const string ServiceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <exception cref="KubeconfigException">Not inside a pod, or the pod has no service account mounted.</exception>
    public static KubeTarget Find(string directory, Func<string, string?> variable)
    {
        var host = Needed("KUBERNETES_SERVICE_HOST");
        var port = Needed("KUBERNETES_SERVICE_PORT");
        if (!Uri.TryCreate($"https://{(host.Contains(':') ? $"[{host}]" : host)}:{port}", UriKind.Absolute, out var server))
            throw new KubeconfigException($"KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT do not make an address: {host}, {port}");

        var tokenFile = Path.Combine(directory, "token");
        if (!File.Exists(tokenFile)) throw new KubeconfigException($"{tokenFile}: no such file; the pod needs a mounted service account token");
        var authority = Path.Combine(directory, "ca.crt");
        string pem;
        try
        {
            pem = File.ReadAllText(authority);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{authority}: cannot be read", problem);
        }

        var roots = PemMaterial.ParseAuthorities(pem) ?? throw new KubeconfigException($"{authority}: holds no PEM certificate");
        return new(server, new(roots, null, SkipVerification: false), new TokenFileCredential(tokenFile, "service account token", null));

        string Needed(string name) =>
            variable(name) is { Length: > 0 } value ? value : throw new KubeconfigException($"{name} is not set; this is not a pod of a cluster");
    }
}
