using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>What an action would do to its target as it is now.</summary>
/// <param name="State">The target.</param>
/// <param name="Fields">The fields that the action sets; empty for kinds that set none.</param>
/// <param name="Diff">The same for a person to read.</param>
/// <param name="Values">The values in a word or two for the title, such as <c>4 → 8</c>; null when the title says it all.</param>
public sealed record TargetPlan(TargetState State, ImmutableArray<FieldChange> Fields, ImmutableArray<DiffLine> Diff, string? Values = null)
{
    /// <summary>The steps in which the change is made; null when it is made at once.</summary>
    public Walk? Walk { get; init; }
}

/// <summary>
/// One kind of target with the actions that can be done to it. Previews, dispatches, read-backs, verification and reverts all go through
/// it; pages never do. Only the caller's own cancellation is thrown: whatever the target does wrong is a <see cref="TargetFailure"/>.
/// </summary>
public interface IActionTarget
{
    /// <summary>Whether this does actions of that kind on such a target.</summary>
    bool Does(ActionKind kind, TargetKind target);

    /// <summary>Reads the target now and works out what the action would make of it. Changes nothing.</summary>
    /// <param name="action">The action, its inputs filled in.</param>
    /// <param name="inputs">What the person supplied, for kinds whose fields are made of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TargetAnswer<TargetPlan>> PlanAsync(ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken);

    /// <summary>Reads the target now, with the fields of the change. Changes nothing. An object that is gone is a state with an empty uid.</summary>
    Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken);

    /// <summary>Asks the target to try the change without keeping it; says <see cref="DryRunResult.NotAvailable"/> where it cannot.</summary>
    Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken);

    /// <summary>Makes the change. Fields are absolute, so for kinds read back by value sending it twice is harmless.</summary>
    /// <param name="change">The change; its inverse to turn one back.</param>
    /// <param name="mark">Id of the execution, carried by targets that are read back by mark.</param>
    /// <param name="version">The version last read; another one is answered with <see cref="TargetFailure.Conflict"/>. Empty where the target has none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What the target answered, in words.</returns>
    Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken);
}

/// <summary>Every kind of target that this cockpit can act on. What it cannot, it still shows as a command to copy.</summary>
public sealed class ActionTargets(IEnumerable<IActionTarget> targets)
{
    private readonly ImmutableArray<IActionTarget> _targets = [.. targets];

    /// <summary>What does such actions; null when nothing here does.</summary>
    public IActionTarget? Find(ActionKind kind, TargetKind target) => _targets.FirstOrDefault(each => each.Does(kind, target));

    /// <summary>True when the cockpit can do the action itself.</summary>
    public bool CanRun(ActionDefinition action) => Find(action.Kind, action.Target.Kind) is not null;
}
