using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Health;
using Cockpit.Domain.Runbooks;
using Cockpit.UseCases.Guiding;

namespace Cockpit.Components.Runbooks;

/// <summary>Words for runbooks: who keeps them, whom they are for, when they are reviewed.</summary>
public static class RunbookText
{
    /// <summary>What the page says first: how many wait for a review.</summary>
    public static string Lead(ImmutableArray<RunbookIndexEntry> index, DateOnly today) => index.Count(entry => IsOverdue(entry, today)) switch
    {
        0 => "Every runbook is reviewed.",
        1 => "One runbook is overdue for its review.",
        var count => $"{count} of {index.Length} runbooks are overdue for their review.",
    };

    /// <summary>When the next review is due; null for what was never reviewed.</summary>
    public static DateOnly? DueOn(RunbookIndexEntry entry) => entry.ReviewedOn?.AddDays(entry.ReviewEvery);

    /// <summary>Overdue from the day after the due day on; what was never reviewed always is.</summary>
    public static bool IsOverdue(RunbookIndexEntry entry, DateOnly today) => DueOn(entry) is not { } due || today > due;

    public static HealthStatus ReviewStatus(RunbookIndexEntry entry, DateOnly today) =>
        IsOverdue(entry, today) ? HealthStatus.Warn : HealthStatus.Good;

    public static string NextReview(RunbookIndexEntry entry, DateOnly today) => DueOn(entry) switch
    {
        null => "overdue, never reviewed",
        { } due when today > due => $"overdue since {Day(due)}",
        var due => Day(due),
    };

    public static string Day(DateOnly? day) => day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "never";

    /// <summary>A role's id as words.</summary>
    public static string Role(string id) => id.Replace('-', ' ');

    public static string Audience(ImmutableArray<string> roles) => string.Join(", ", roles.Select(Role));

    /// <summary>The heading's anchor.</summary>
    public static string Slug(string heading) =>
        string.Concat(heading.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>Where a known command is done here.</summary>
    public static string Place(CommandReference command) =>
        $"{(command.Card is null ? "Runbook" : "Card")} {Role(command.Card ?? command.Runbook ?? "")}{(command.Action is { } action ? $": {Role(action)}" : "")}";

    /// <summary>True for a command to copy, false for words that name a page.</summary>
    public static bool IsCommand(string here) => here.StartsWith("kubectl ", StringComparison.Ordinal);
}
