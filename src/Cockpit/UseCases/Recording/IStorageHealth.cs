namespace Cockpit.UseCases.Recording;

/// <summary>Whether the cockpit can record.</summary>
public abstract record StorageAvailability
{
    private StorageAvailability() { }

    /// <summary>The last write succeeded.</summary>
    /// <param name="Since">When writes began to succeed.</param>
    public sealed record Available(DateTimeOffset Since) : StorageAvailability;

    /// <summary>Nothing can be recorded: no action may run.</summary>
    /// <param name="Reason">Why, as one sentence fit for a screen.</param>
    /// <param name="Since">When it began.</param>
    public sealed record Unavailable(string Reason, DateTimeOffset Since) : StorageAvailability;
}

/// <summary>Tells pages whether storage works. Kept up to date by every write and by a regular probe.</summary>
public interface IStorageHealth
{
    /// <summary>The state as of the last attempt; reading it costs nothing.</summary>
    StorageAvailability Current { get; }
}
