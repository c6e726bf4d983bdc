using System.Collections.Immutable;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>The part of a core/v1 Pod that the cockpit reads.</summary>
internal sealed record Pod(ObjectMeta Metadata, PodStatus? Status = null) : IKubeObject
{
    public bool IsReady => Metadata.DeletionTimestamp is null
        && Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
}

internal sealed record PodStatus(IReadOnlyList<PodCondition>? Conditions = null);

internal sealed record PodCondition(string Type, string Status);

/// <summary>The part of a core/v1 Service that the cockpit reads.</summary>
internal sealed record Service(ObjectMeta Metadata, ServiceSpec? Spec = null) : IKubeObject;

internal sealed record ServiceSpec(ImmutableDictionary<string, string>? Selector = null, string? SessionAffinity = null);

/// <summary>What the server says to a deletion: the object or a status, neither of which is looked at.</summary>
internal sealed record Deletion(string? Kind = null);

internal sealed record DeleteOptions(Preconditions Preconditions, IReadOnlyList<string>? DryRun, string ApiVersion = "v1", string Kind = "DeleteOptions");

internal sealed record Preconditions(string Uid);
