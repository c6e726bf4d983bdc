namespace Cockpit.Estate.Cluster;

/// <summary>A ConfigMap; immutable, replaced as a whole.</summary>
public sealed record EstateConfigMap(
    string Namespace, string Name, string Uid, string ResourceVersion, IReadOnlyDictionary<string, string> Data);

/// <summary>A Service: whom it selects, and by session affinity (<c>ClientIP</c> or <c>None</c>) whether clients stick to one pod.</summary>
public sealed record EstateService(
    string Namespace, string Name, string Uid, string ResourceVersion, IReadOnlyDictionary<string, string> Selector, string SessionAffinity);
