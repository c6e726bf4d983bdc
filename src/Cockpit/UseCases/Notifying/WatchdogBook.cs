using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Notifying;

/// <summary>When the alert that must always arrive was last recorded, by whichever instance it came to.</summary>
public sealed class WatchdogBook : ILedgerView
{
    public const string Kind = "watchdog";
    public const string SeenName = "watchdog.seen";

    /// <summary>So often the arrival is recorded: each minute would fill the ledger with nothing.</summary>
    public static readonly TimeSpan RecordedEvery = TimeSpan.FromMinutes(5);

    private long _seenAt;

    /// <summary>When it was last recorded; null when never.</summary>
    public DateTimeOffset? SeenAt => Interlocked.Read(ref _seenAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Type == SeenName) Interlocked.Exchange(ref _seenAt, entry.RecordedAt.UtcTicks);
    }
}
