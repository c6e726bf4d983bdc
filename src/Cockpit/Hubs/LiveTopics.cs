namespace Cockpit.Hubs;

/// <summary>
/// What a viewer can follow. A topic is a choice among the sections of a snapshot; a section that belongs to several topics is the same
/// in each.
/// </summary>
internal static class LiveTopics
{
    /// <summary>The colour, the reason, one line for each part, the month, the worst budgets and money: small enough for a wall of screens.</summary>
    public const string Executive = "executive";

    /// <summary>Everything the operations page shows.</summary>
    public const string Operations = "operations";

    /// <summary>Incidents, cards, what was done about them and what changed.</summary>
    public const string Incident = "incident";

    public static readonly IReadOnlyList<string> All = [Executive, Operations, Incident];

    /// <summary>Whether a section belongs to a topic. A section's kind is what stands before the slash of its key.</summary>
    public static bool Includes(string topic, string section)
    {
        var slash = section.IndexOf('/', StringComparison.Ordinal);
        var kind = slash < 0 ? section : section[..slash];
        return topic switch
        {
            Executive => kind is LiveSections.Overall or LiveSections.Users or LiveSections.Part
                or LiveSections.Month or LiveSections.Budget or LiveSections.Revenue,
            Incident => kind is LiveSections.Overall or LiveSections.Card or LiveSections.Figure or LiveSections.Execution
                or LiveSections.Changes or LiveSections.Storage or LiveSections.Incident,
            _ => kind is not (LiveSections.Users or LiveSections.Part or LiveSections.Month or LiveSections.Revenue),
        };
    }
}
