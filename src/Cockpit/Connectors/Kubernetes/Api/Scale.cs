namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>The autoscaling/v1 Scale subresource.</summary>
internal sealed record Scale(
    ObjectMeta Metadata, ScaleSpec? Spec = null, ScaleStatus? Status = null,
    string ApiVersion = "autoscaling/v1", string Kind = "Scale") : IKubeObject;

/// <summary>The server leaves out a count of zero.</summary>
internal sealed record ScaleSpec(int Replicas = 0);

internal sealed record ScaleStatus(int Replicas = 0, string? Selector = null);
