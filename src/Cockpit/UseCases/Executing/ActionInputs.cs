using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>What a person supplies to an action.</summary>
public static class ActionInputs
{
    /// <summary>The action with every input filled in.</summary>
    public static ActionDefinition Fill(ActionDefinition action, ImmutableArray<InputValue> inputs) =>
        action.With(inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal));

    /// <summary>The inputs that the action asks for and nobody supplied.</summary>
    public static ImmutableArray<ActionInput> Missing(ActionDefinition action, ImmutableArray<InputValue> inputs) =>
        [.. action.Inputs.Where(asked => !inputs.Any(given => given.Name == asked.Name && given.Value.Length > 0))];
}
