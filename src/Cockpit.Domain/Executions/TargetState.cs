using System.Collections.Immutable;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions;

/// <summary>A target as it was read: what identifies it, what it holds, and what guards want to know about it.</summary>
/// <param name="Uid">The identity that a recreated target of the same name does not share.</param>
/// <param name="Generation">Version of the target's wished-for state; zero for targets that have none.</param>
/// <param name="Version">The version it was read at, opaque; a change is sent on condition of it. Empty for targets that have none.</param>
/// <param name="Fields">What the fields in question hold, ordered by name; null for one that is absent.</param>
public sealed record TargetState(string Uid, long Generation, string Version, ImmutableSortedDictionary<string, string?> Fields)
{
    /// <summary>Hash of everything the target holds, the fields in question or not; null for targets where nothing else matters.</summary>
    public string? Digest { get; init; }

    /// <summary>Id of the execution that changed it last; null when it carries no mark.</summary>
    public string? Mark { get; init; }

    /// <summary>The Deployment behind it; null when there is none.</summary>
    public WorkloadReading? Workload { get; init; }

    /// <summary>False while a rollout replaces its pods; null for targets that know none.</summary>
    public bool? RolledOut { get; init; }

    /// <summary>Healthy instances now; null where nobody counts them.</summary>
    public int? Healthy { get; init; }

    /// <summary>Healthy instances that are left at least while the action takes effect; null where nobody can tell.</summary>
    public int? HealthyAfter { get; init; }

    /// <summary>The workloads that read a ConfigMap, with how they learn of a change; default where nobody looked.</summary>
    public ImmutableArray<ConfigReader> Readers { get; init; }

    /// <summary>The ready endpoints that a Service would have after the change, by workload; default where nobody looked.</summary>
    public ImmutableArray<SelectedEndpoints> Endpoints { get; init; }

    /// <summary>What a failover would come to; null for other targets.</summary>
    public FailoverOutlook? Outlook { get; init; }

    /// <summary>The database sessions in question; default for other targets.</summary>
    public ImmutableArray<DatabaseSession> Sessions { get; init; }

    /// <summary>What the field holds; null when it is absent.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>True when every field holds what the change sets.</summary>
    public bool Holds(ImmutableArray<FieldChange> fields) => fields.All(field => this[field.Name] == field.To);

    /// <summary>True when every field still holds what it did before the change.</summary>
    public bool IsStill(ImmutableArray<FieldChange> fields) => fields.All(field => this[field.Name] == field.From);

    /// <summary>Fields by name in the order of their characters, whatever the culture.</summary>
    public static ImmutableSortedDictionary<string, string?> FieldsOf(IEnumerable<KeyValuePair<string, string?>> fields) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, fields);
}
