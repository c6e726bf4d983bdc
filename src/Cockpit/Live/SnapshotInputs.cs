using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Live;

/// <inheritdoc/>
internal sealed class SnapshotInputs(PlatformModel model) : ISnapshotInputs
{
    public PlatformModel Model { get; } = model;

    public IReadOnlyDictionary<string, HumanAnswer> Answers => ImmutableDictionary<string, HumanAnswer>.Empty;

    public ImmutableArray<Concern> Concerns => [];

    public string? StorageFailure => null;
}
