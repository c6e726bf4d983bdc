using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>Which objectives a reader wants to see. Part of the address, so that it can be kept and sent.</summary>
/// <param name="Service">Id of the service; null for all.</param>
/// <param name="Owner">The owner; null for all.</param>
/// <param name="Text">Words that must all occur in title, service, group or description; null for any.</param>
/// <param name="ByKind">True arranges by kind of objective, false the worst budget first.</param>
public sealed record SloFilter(string? Service, string? Owner, string? Text, bool ByKind = false)
{
    /// <summary>How an address says that the list is arranged by kind.</summary>
    public const string Kind = "kind";

    /// <summary>The filter of an address; blanks count as nothing.</summary>
    public static SloFilter Of(string? service, string? owner, string? text, string? arrange = null) => new(Blank(service), Blank(owner), Blank(text), arrange == Kind);

    /// <summary>Whether an objective is wanted.</summary>
    public bool Matches(ObjectiveFacts facts)
    {
        if (Service is not null && facts.Slo.Service != Service) return false;
        if (Owner is not null && facts.Slo.Owner != Owner) return false;
        if (Text is null) return true;
        var text = string.Join('\n', facts.Title, facts.ServiceTitle, facts.Slo.Service, facts.Group, facts.Key, facts.Slo.Description);
        return Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The address of the list with this filter.</summary>
    public string Address
    {
        get
        {
            var parts = new[] { ("service", Service), ("owner", Owner), ("q", Text), ("by", ByKind ? Kind : null) }
                .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
            var query = string.Join('&', parts);
            return query.Length == 0 ? "/slo" : $"/slo?{query}";
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
