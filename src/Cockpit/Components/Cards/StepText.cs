using Cockpit.Domain.Executions;

namespace Cockpit.Components.Cards;

/// <summary>Words for a change that is made in steps.</summary>
public static class StepText
{
    /// <summary>Where one step stands.</summary>
    /// <param name="execution">The execution, under way.</param>
    /// <param name="index">The step, from 0.</param>
    public static string WordOf(Execution execution, int index) =>
        index < execution.StepsMade ? "made"
        : index > execution.StepsMade ? "to come"
        : execution.State == ExecutionState.Stepping ? "next" : "being sent";

    /// <summary>The same as a class of the style sheet.</summary>
    public static string? ClassOf(Execution execution, int index) => WordOf(execution, index) switch
    {
        "made" => "made",
        "next" => "next",
        "being sent" => "sending",
        _ => null,
    };

    /// <summary>What the target is left at by whoever stops now: what the last step set, or is about to set.</summary>
    public static string HeldBy(Execution execution) => execution.Sent.Fields[0].To ?? "nothing";
}
