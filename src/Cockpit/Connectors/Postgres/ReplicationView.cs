using System.Collections.Immutable;
using Cockpit.Domain.Health;

namespace Cockpit.Connectors.Postgres;

/// <summary>A configured standby's own account, or why there is none.</summary>
/// <param name="Name">Its configured name.</param>
/// <param name="Account">What it says.</param>
/// <param name="ReachedWithin">It had passed the primary's position this long after it was first asked; null when it had not.</param>
/// <param name="Failure">Why it says nothing.</param>
internal sealed record StandbyAnswer(string Name, StandbyAccount? Account, TimeSpan? ReachedWithin, string? Failure);

/// <summary>Joins what the primary says about its standbys with what they say about themselves.</summary>
internal static class ReplicationView
{
    public static ReplicationReading Join(PrimaryAccount primary, IReadOnlyList<StandbyAnswer> answers)
    {
        var unclaimed = primary.Senders.Where(sender => sender.IsStandby).ToList();
        var rows = new WalSender?[answers.Count];
        foreach (var claim in Claims)
        {
            for (var index = 0; index < answers.Count; index++)
            {
                if (rows[index] is not null) continue;
                rows[index] = unclaimed.FirstOrDefault(sender => claim(answers[index], sender));
                if (rows[index] is { } row) unclaimed.Remove(row);
            }
        }

        var standbys = answers.Select((answer, index) => Configured(primary, answer, rows[index])).Concat(Others(primary, unclaimed));
        return new(primary.InRecovery, [.. standbys], primary.ConnectionsUsed, primary.ConnectionsMax);
    }

    /// <summary>By what a row is known to be a standby's, the surest first; application names may be shared.</summary>
    private static readonly ImmutableArray<Func<StandbyAnswer, WalSender, bool>> Claims =
    [
        (answer, sender) => answer.Account?.Slot is { } slot && slot == sender.Slot,
        (answer, sender) => string.Equals(answer.Name, sender.ApplicationName, StringComparison.OrdinalIgnoreCase),
        (answer, sender) => answer.Account?.ReceiverName is { } name && name == sender.ApplicationName && Near(answer.Account, sender),
        (answer, sender) => answer.Account?.ReceiverName is { } name && name == sender.ApplicationName,
    ];

    // Namesakes are told apart by how far they are, where that differs.
    private static bool Near(StandbyAccount account, WalSender sender) => account.Replayed == sender.Replayed;

    private static StandbyReading Configured(PrimaryAccount primary, StandbyAnswer answer, WalSender? row)
    {
        var state = row?.State is { Length: > 0 } known ? known : null;
        if (answer.Account is not { } account)
        {
            var bytes = Behind(primary.Position, row?.Replayed);
            return new(answer.Name, state, bytes, Seconds(bytes, row), null, null, answer.Failure);
        }

        if (!account.InRecovery)
            return new(answer.Name, state, null, null, null, account.LongestQuery, "is not a standby: it was promoted or stands alone");

        var waiting = Behind(primary.Position, account.Replayed);
        return new(
            answer.Name, state, waiting, Seconds(waiting, account, answer.ReachedWithin), account.ReplayPaused, account.LongestQuery,
            row is null ? "does not stream from the primary" : null);
    }

    private static IEnumerable<StandbyReading> Others(PrimaryAccount primary, List<WalSender> unclaimed) => unclaimed.Select(sender =>
    {
        var bytes = Behind(primary.Position, sender.Replayed);
        var shared = unclaimed.Count(other => other.ApplicationName == sender.ApplicationName) > 1;
        var name = shared && sender.Address is { } address ? $"{sender.ApplicationName} ({address})" : sender.ApplicationName;
        return new StandbyReading(name, sender.State, bytes, Seconds(bytes, sender), null, null, null);
    });

    /// <summary>Zero stands for a position that is not known yet; a position read later may be ahead.</summary>
    private static long? Behind(long? position, long? replayed) =>
        position is null || replayed is null or 0 ? null : Math.Max(0, position.Value - replayed.Value);

    private static TimeSpan? Seconds(long? bytes, WalSender? row) => bytes == 0 ? TimeSpan.Zero : row?.ReplayLag;

    // On an idle system the newest commit may be hours old while a record that commits nothing is on its way: what passed the
    // primary's position a moment later was behind for no longer than that moment.
    private static TimeSpan? Seconds(long? bytes, StandbyAccount account, TimeSpan? reachedWithin) => bytes switch
    {
        null => null,
        0 => TimeSpan.Zero,
        _ when account.SinceCommit is { } age && reachedWithin is { } moment => age < moment ? age : moment,
        _ => account.SinceCommit ?? reachedWithin,
    };
}
