using Cockpit.Domain.Cards;

namespace Cockpit.UseCases.Executing;

/// <summary>What each risk asks of the person who confirms.</summary>
public static class ConfirmationRule
{
    /// <summary>What is missing, as a sentence; null when the confirmation is enough.</summary>
    public static string? Missing(ActionRisk risk, bool raised, string target, Confirmation given) => risk switch
    {
        ActionRisk.High or ActionRisk.Critical when given.TypedTarget?.Trim() != target => $"Type the target's name, {target}, to confirm.",
        ActionRisk.High or ActionRisk.Critical when string.IsNullOrWhiteSpace(given.Reason) => "Give a reason: a line that tomorrow's reader understands.",
        ActionRisk.Medium when !given.Held => "Hold the button to confirm.",
        _ when raised && string.IsNullOrWhiteSpace(given.Reason) => "Give a reason for acting without full evidence.",
        _ => null,
    };

    /// <summary>The way of confirming, for the record.</summary>
    public static string WayOf(ActionRisk risk) => risk switch
    {
        ActionRisk.Low => "a click",
        ActionRisk.Medium => "held the button",
        _ => "typed the target's name",
    };
}
