using System.Text.Json.Nodes;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>A Deployment or ReplicaSet with its pod template as the server writes it, every field kept.</summary>
internal sealed record TemplateOwner(ObjectMeta Metadata, TemplateOwnerSpec? Spec = null, TemplateOwnerStatus? Status = null) : IKubeObject;

internal sealed record TemplateOwnerSpec(int? Replicas = null, JsonObject? Template = null, RolloutStrategy? Strategy = null);

internal sealed record RolloutStrategy(string? Type = null);

internal sealed record TemplateOwnerStatus(long ObservedGeneration = 0, int Replicas = 0, int ReadyReplicas = 0, int UpdatedReplicas = 0);
