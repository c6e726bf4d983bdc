namespace Cockpit.Domain.Executions;

/// <summary>A temporary change: how long it lasts, and how far turning it back has come.</summary>
/// <param name="Length">How long the catalog means such a change to last.</param>
/// <param name="OpenedAt">When the target took the change.</param>
/// <param name="Until">When it is turned back.</param>
/// <param name="ExtendedBy">Who made it longer, by name; null while nobody has. People may do so once.</param>
/// <param name="SelfExtensions">How often it made itself longer because turning back would have hurt, or could not be judged.</param>
/// <param name="RevertId">The execution that turns it back; null while none runs.</param>
/// <param name="RevertForced">A person asked to turn it back now, knowing what the load says.</param>
/// <param name="Reverts">Executions begun to turn it back.</param>
/// <param name="Attempts">Attempts to turn it back that failed.</param>
/// <param name="RetryAt">When the next attempt may begin; null when none failed.</param>
/// <param name="EndedAt">When it ended; null while it is open.</param>
/// <param name="EndedBecause">Why, as a sentence fragment; null while it is open.</param>
public sealed record Lease(
    TimeSpan Length, DateTimeOffset OpenedAt, DateTimeOffset Until, string? ExtendedBy = null, int SelfExtensions = 0, string? RevertId = null,
    bool RevertForced = false, int Reverts = 0, int Attempts = 0, DateTimeOffset? RetryAt = null, DateTimeOffset? EndedAt = null, string? EndedBecause = null)
{
    /// <summary>The longest time by which a lease makes itself longer.</summary>
    public static readonly TimeSpan LongestSelfExtension = TimeSpan.FromMinutes(30);

    /// <summary>Pause after an attempt to turn back that failed.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    /// <summary>True until the change is turned back or somebody else took the target over.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>True once it is time to turn back and nothing is under way yet.</summary>
    public bool IsDue(DateTimeOffset now) => IsOpen && RevertId is null && now >= DueAt;

    /// <summary>When it is time: when it runs out, or when the next attempt may begin.</summary>
    public DateTimeOffset DueAt => RetryAt ?? Until;

    /// <summary>By how much it makes itself longer: its own length, half an hour at most.</summary>
    public TimeSpan SelfExtension => Length < LongestSelfExtension ? Length : LongestSelfExtension;

    /// <summary>When it would end after a person extended it: once more its length.</summary>
    public DateTimeOffset UntilExtended(DateTimeOffset now) => (Until > now ? Until : now) + Length;

    /// <summary>The id of the next execution that turns it back. Made of what is recorded, so that after a crash the same one goes on.</summary>
    public string NextRevertId(string execution) => $"{execution}-r{Reverts + 1}";
}
