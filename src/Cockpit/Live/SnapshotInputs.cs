using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Answering;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Live;

/// <inheritdoc/>
internal sealed class SnapshotInputs(PlatformModel model, AnswerBook answers, ExecutionBook executions, IStorageHealth storage) : ISnapshotInputs
{
    public PlatformModel Model { get; } = model;

    public IReadOnlyDictionary<string, HumanAnswer> Answers => answers.Answers;

    public ImmutableArray<Concern> Concerns => [];

    public ImmutableArray<Execution> Executions => executions.Recent;

    public string? StorageFailure => storage.Current is StorageAvailability.Unavailable unavailable ? unavailable.Reason.TrimEnd('.') : null;
}
