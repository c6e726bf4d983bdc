using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>What a person supplies to an action.</summary>
public static class ActionInputs
{
    /// <summary>The input that asks for the alternative where an autoscaler owns the replicas: its minimum is raised instead.</summary>
    public static readonly InputValue RaiseMinimum = new("instead", "raise-minimum");

    /// <summary>The action with every input filled in, or the alternative that was asked for.</summary>
    public static ActionDefinition Fill(ActionDefinition action, ImmutableArray<InputValue> inputs)
    {
        var filled = action.With(inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal));
        if (action.Kind != ActionKind.ScaleOut || !inputs.Contains(RaiseMinimum)) return filled;
        return filled with
        {
            Kind = ActionKind.RaiseMinimum,
            Title = $"Raise the autoscaler's minimum of {filled.Target.Name}",
            Effect = "The autoscaler keeps more replicas at least and starts them itself; it may still go higher.",
            Inverse = "Set the minimum back to what it was.",
            Command = $"kubectl patch hpa AUTOSCALER -n {filled.Target.Namespace} --type merge -p '{{\"spec\":{{\"minReplicas\":{filled.Replicas}}}}}'",
        };
    }

    /// <summary>The inputs that the action asks for and nobody supplied.</summary>
    public static ImmutableArray<ActionInput> Missing(ActionDefinition action, ImmutableArray<InputValue> inputs) =>
        [.. action.Inputs.Where(asked => !inputs.Any(given => given.Name == asked.Name && given.Value.Length > 0))];
}
