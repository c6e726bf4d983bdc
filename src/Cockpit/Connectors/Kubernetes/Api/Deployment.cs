using System.Collections.Immutable;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>The part of an apps/v1 Deployment that the cockpit reads.</summary>
internal sealed record Deployment(ObjectMeta Metadata, DeploymentSpec? Spec = null, DeploymentStatus? Status = null) : IKubeObject;

internal sealed record DeploymentSpec(int? Replicas = null, PodTemplate? Template = null);

internal sealed record DeploymentStatus(long ObservedGeneration = 0, int Replicas = 0, int ReadyReplicas = 0);

internal sealed record PodTemplate(PodSpec? Spec = null);

internal sealed record PodSpec(IReadOnlyList<Container>? Containers = null);

internal sealed record Container(string? Name = null, string? Image = null);

/// <summary>A core/v1 ConfigMap.</summary>
internal sealed record ConfigMap(ObjectMeta Metadata, ImmutableDictionary<string, string>? Data = null) : IKubeObject;
