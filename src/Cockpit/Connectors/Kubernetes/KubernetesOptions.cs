using System.Collections.Immutable;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Which cluster to talk to and as whom. Without the section there is no Kubernetes connector.</summary>
public sealed class KubernetesOptions
{
    public const string Section = "Kubernetes";

    /// <summary>Path of a kubeconfig, or several joined as in the KUBECONFIG variable; the first file to name a thing wins.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>Context to use; without it the kubeconfig's <c>current-context</c>.</summary>
    public string? Context { get; set; }

    /// <summary>Use the service account of the pod that the cockpit runs in, instead of a kubeconfig.</summary>
    public bool InCluster { get; set; }

    /// <summary>Namespaces whose Deployments are watched; at least one.</summary>
    public ImmutableArray<string> Namespaces { get; set; } = [];

    /// <summary>Honour <c>insecure-skip-tls-verify</c> of the kubeconfig; otherwise such a cluster is refused.</summary>
    public bool AllowInsecureTls { get; set; }

    /// <summary>Longest wait for one complete answer, credentials aside; 1 s to 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the configuration speaks of Kubernetes at all.</summary>
    public static bool IsConfigured(IConfiguration configuration) => configuration.GetSection(Section).Exists();
}
