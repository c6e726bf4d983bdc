using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>Remembers whether storage can be written and says so in the log when that changes.</summary>
internal sealed partial class StorageHealth(TimeProvider time, ILogger<StorageHealth> logger) : IStorageHealth
{
    private readonly Lock _lock = new();
    private StorageAvailability _current = new StorageAvailability.Unavailable("Storage has not been opened yet.", time.GetUtcNow());
    private bool _everReported;

    public StorageAvailability Current
    {
        get { lock (_lock) return _current; }
    }

    public void WriteSucceeded()
    {
        lock (_lock)
        {
            if (_current is StorageAvailability.Available) return;
            _current = new StorageAvailability.Available(time.GetUtcNow());
        }

        LogAvailable();
    }

    public void Failed(string reason)
    {
        lock (_lock)
        {
            if (_everReported && _current is StorageAvailability.Unavailable already && already.Reason == reason) return;
            _everReported = true;
            var since = _current is StorageAvailability.Unavailable { Since: var began } ? began : time.GetUtcNow();
            _current = new StorageAvailability.Unavailable(reason, since);
        }

        LogUnavailable(reason);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Storage is available.")]
    private partial void LogAvailable();

    [LoggerMessage(Level = LogLevel.Error, Message = "Storage is unavailable: {Reason}")]
    private partial void LogUnavailable(string reason);
}
