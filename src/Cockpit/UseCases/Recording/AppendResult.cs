namespace Cockpit.UseCases.Recording;

/// <summary>How an append ended. An outage is not among these: it throws <see cref="StorageUnavailableException"/>.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    /// <summary>All events are recorded, durably and next to one another.</summary>
    /// <param name="NewVersion">The stream's version after the last of them.</param>
    /// <param name="FirstPosition">The ledger position of the first.</param>
    /// <param name="LastPosition">The ledger position of the last.</param>
    public sealed record Appended(long NewVersion, long FirstPosition, long LastPosition) : AppendResult;

    /// <summary>Somebody else wrote to the stream first; nothing is recorded.</summary>
    /// <param name="ActualVersion">The stream's version now; 0 when it has no events.</param>
    public sealed record VersionConflict(long ActualVersion) : AppendResult;

    /// <summary>An append with this idempotency key was recorded before, perhaps on another stream of the kind; nothing is added.</summary>
    /// <param name="Existing">What that append recorded, oldest first.</param>
    public sealed record AlreadyRecorded(IReadOnlyList<StoredEvent> Existing) : AppendResult;
}
