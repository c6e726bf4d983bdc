using System.Collections.Immutable;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>What every object carries. <paramref name="ResourceVersion"/> is opaque: only ever compared for equality or sent back.</summary>
internal sealed record ObjectMeta(
    string Name, string? Namespace = null, string? Uid = null, string? ResourceVersion = null, long Generation = 0,
    ImmutableDictionary<string, string>? Labels = null, ImmutableDictionary<string, string>? Annotations = null,
    IReadOnlyList<OwnerReference>? OwnerReferences = null, DateTimeOffset? CreationTimestamp = null, DateTimeOffset? DeletionTimestamp = null);

/// <summary>Who keeps an object.</summary>
internal sealed record OwnerReference(string Kind, string Name, string Uid);

/// <summary>An object of the API, read or sent.</summary>
internal interface IKubeObject
{
    ObjectMeta Metadata { get; }
}
