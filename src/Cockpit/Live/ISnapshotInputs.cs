using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Live;

/// <summary>What the assessment needs beside the sources: the catalog, people's answers, alerts and the state of storage.</summary>
public interface ISnapshotInputs
{
    PlatformModel Model { get; }

    /// <summary>Answers to human conditions, keyed <c>card/condition</c>.</summary>
    IReadOnlyDictionary<string, HumanAnswer> Answers { get; }

    /// <summary>Concerns from firing alerts and burn rates.</summary>
    ImmutableArray<Concern> Concerns { get; }

    /// <summary>Objectives and alerts as the last round left them.</summary>
    ObjectivesState Objectives => ObjectivesState.Nothing;

    /// <summary>Incidents as they stand, the newest first.</summary>
    ImmutableArray<IncidentStanding> Incidents => [];

    /// <summary>Executions, the newest first.</summary>
    ImmutableArray<Execution> Executions { get; }

    /// <summary>Why nothing can be recorded; null while storage is well.</summary>
    string? StorageFailure { get; }
}
