using System.Collections.Immutable;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>A whole list, all of its pages, as it was at one version.</summary>
internal sealed record KubeList<T>(ImmutableArray<T> Items, string ResourceVersion);

/// <summary>One page as it travels; an empty list may say <c>"items": null</c>.</summary>
internal sealed record KubeListPage<T>(KubeListMeta Metadata, IReadOnlyList<T>? Items = null);

internal sealed record KubeListMeta(string? ResourceVersion = null, string? Continue = null);
