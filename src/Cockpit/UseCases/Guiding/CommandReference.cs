using System.Collections.Immutable;

namespace Cockpit.UseCases.Guiding;

/// <summary>Commands that belong together.</summary>
public sealed record CommandGroup(string Title, ImmutableArray<CommandReference> Commands);

/// <summary>A command engineers know by heart, and what does the same in Cockpit.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Command">The command as they know it.</param>
/// <param name="Here">The page or the explicit command that does the same; null when an action does.</param>
/// <param name="Card">Id of the card; null when none.</param>
/// <param name="Runbook">Id of the runbook; null when none.</param>
/// <param name="Action">Id of the card's or the runbook's action; null when none.</param>
public sealed record CommandReference(string Title, string Command, string? Here, string? Card, string? Runbook, string? Action)
{
    /// <summary>Where in the cockpit it is done; null when only the command line does it.</summary>
    public string? Link => (Card, Runbook) switch
    {
        ({ } card, _) => $"/cards/{card}{Anchor}",
        (_, { } runbook) => $"/runbooks/{runbook}{Anchor}",
        _ => null,
    };

    private string Anchor => Action is null ? "" : $"#action-{Action}";
}
