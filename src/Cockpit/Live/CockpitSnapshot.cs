using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Live;

/// <summary>Everything every screen shows, at one instant. Immutable; the number grows by one with each.</summary>
/// <param name="Number">Grows with each snapshot of this process; zero before the first.</param>
/// <param name="Health">The assessment; null before the first.</param>
/// <param name="Executions">Executions, the newest first.</param>
/// <param name="StorageFailure">Why nothing can be recorded, and so nothing be done; null while storage is well.</param>
public sealed record CockpitSnapshot(long Number, PlatformHealth? Health, ImmutableArray<Execution> Executions, string? StorageFailure)
{
    public static readonly CockpitSnapshot Nothing = new(0, null, [], null);

    /// <summary>Objectives, alerts and what executives look at; <see cref="ObjectivesState.Nothing"/> before the first round.</summary>
    public ObjectivesState Objectives { get; init; } = ObjectivesState.Nothing;

    /// <summary>Incidents, the newest first: every open one and the latest that are over.</summary>
    public ImmutableArray<IncidentStanding> Incidents { get; init; } = [];
}
