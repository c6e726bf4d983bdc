using System.Collections.Immutable;

namespace Cockpit.Catalog;

/// <summary>A service of the platform.</summary>
/// <param name="Id">Id; also the value of the <c>service</c> label of its series.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Platform"><c>QuantX</c> or <c>BondX</c>.</param>
/// <param name="Kind">What sort of service it is.</param>
/// <param name="Namespace">Its namespace; null for what is not a workload of a cluster.</param>
/// <param name="Workload">Its Deployment; null when it has none.</param>
/// <param name="IsCritical">Whether the platform is red when it is down.</param>
/// <param name="Owner">The role that answers for it.</param>
/// <param name="DependsOn">Ids of the services it needs.</param>
/// <param name="Summary">What it does, in one sentence.</param>
public sealed record ServiceDefinition(
    string Id, string Title, string Platform, ServiceKind Kind, string? Namespace, string? Workload, bool IsCritical, string Owner,
    ImmutableArray<string> DependsOn, string Summary);

/// <summary>What sort of service it is; decides how its health is asked.</summary>
public enum ServiceKind
{
    /// <summary>Answers HTTP.</summary>
    Http,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,

    /// <summary>A Redis group under Sentinel.</summary>
    Redis,

    /// <summary>A message broker.</summary>
    Queue,
}
