using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Notifying;

/// <summary>When the alert that must always arrive was last recorded, by whichever instance it came to.</summary>
public sealed class WatchdogBook : ILedgerView
{
    public const string Kind = "watchdog";
    public const string SeenName = "watchdog.seen";

    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(5);

    private long _seenAt;

    /// <summary>When it was last recorded; null when never.</summary>
    public DateTimeOffset? SeenAt => Interlocked.Read(ref _seenAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>
    /// How often the arrival is recorded: each one would fill the ledger with nothing, too few would let another instance, or this one after a
    /// restart, count a silence that was none.
    /// </summary>
    public static TimeSpan RecordedEvery(TimeSpan silence) => silence / 5 < Seldom ? silence / 5 : Seldom;

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Type == SeenName) Interlocked.Exchange(ref _seenAt, entry.RecordedAt.UtcTicks);
    }
}
