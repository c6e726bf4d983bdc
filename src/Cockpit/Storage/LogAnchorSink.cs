using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>Writes anchors to the log, which is usually shipped to where the cockpit cannot reach back.</summary>
internal sealed partial class LogAnchorSink(ILogger<LogAnchorSink> logger) : IAnchorSink
{
    public Task WriteAsync(AuditAnchor anchor, CancellationToken cancellationToken)
    {
        LogAnchor(anchor.ToLine());
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ledger anchor {Anchor}")]
    private partial void LogAnchor(string anchor);
}
