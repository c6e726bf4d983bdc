using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Answering;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Recording;

namespace Cockpit.Live;

/// <inheritdoc/>
internal sealed class SnapshotInputs(
    PlatformModel model, AnswerBook answers, ExecutionBook executions, IStorageHealth storage, ObjectivesBoard objectives, IncidentBoard incidents,
    TimeProvider clock) : ISnapshotInputs
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    public PlatformModel Model { get; } = model;

    public IReadOnlyDictionary<string, HumanAnswer> Answers => answers.Answers;

    public ImmutableArray<Concern> Concerns
    {
        get
        {
            var state = objectives.Current;
            var age = clock.GetUtcNow() - state.SampledAt;
            return age > state.Interval + LateAfter
                ? state.Concerns.Add(new Concern(OverallStatus.Yellow, $"Objectives were last measured {FigureText.Duration(age.Value)} ago"))
                : state.Concerns;
        }
    }

    public ObjectivesState Objectives => objectives.Current;

    public ImmutableArray<IncidentStanding> Incidents => incidents.Current;

    public ImmutableArray<Execution> Executions => executions.Recent;

    public string? StorageFailure => storage.Current is StorageAvailability.Unavailable unavailable ? unavailable.Reason.TrimEnd('.') : null;
}
