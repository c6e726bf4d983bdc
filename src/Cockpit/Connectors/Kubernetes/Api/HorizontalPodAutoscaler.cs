namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>The part of an autoscaling/v1 HorizontalPodAutoscaler that tells whose replica count it owns.</summary>
internal sealed record HorizontalPodAutoscaler(ObjectMeta Metadata, HorizontalPodAutoscalerSpec? Spec = null) : IKubeObject
{
    public bool Owns(Deployment deployment) =>
        Spec?.ScaleTargetRef is { Kind: "Deployment" } target
        && target.Name == deployment.Metadata.Name
        && Metadata.Namespace == deployment.Metadata.Namespace
        && (target.ApiVersion is null || target.ApiVersion.StartsWith("apps/", StringComparison.Ordinal)
            || target.ApiVersion.StartsWith("extensions/", StringComparison.Ordinal));
}

/// <param name="ScaleTargetRef">What it scales.</param>
/// <param name="MaxReplicas">Kept at most.</param>
/// <param name="MinReplicas">Kept at least; the API's default is 1.</param>
internal sealed record HorizontalPodAutoscalerSpec(ScaleTargetRef? ScaleTargetRef = null, int MaxReplicas = 0, int? MinReplicas = null);

internal sealed record ScaleTargetRef(string? Kind = null, string? Name = null, string? ApiVersion = null);
