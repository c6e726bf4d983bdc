namespace Cockpit.UseCases.Recording;

/// <summary>The cockpit's own storage does not answer or cannot be written. The message is fit for a screen.</summary>
public sealed class StorageUnavailableException(string message, Exception? innerException = null, bool mayHaveBeenRecorded = false)
    : Exception(message, innerException)
{
    /// <summary>True when the connection was lost while committing: repeat with the same idempotency key to find out.</summary>
    public bool MayHaveBeenRecorded { get; } = mayHaveBeenRecorded;
}
