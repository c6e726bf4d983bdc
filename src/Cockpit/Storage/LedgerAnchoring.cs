using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Options;

namespace Cockpit.Storage;

/// <summary>
/// Hands the head of the ledger to every sink: at start, regularly when it has moved, and once more at the end. Before each anchor it
/// looks whether the entry of the one before is still the same; if not, it raises the alarm and anchors no more.
/// </summary>
internal sealed partial class LedgerAnchoring(
    IEventStore store, IEnumerable<IAnchorSink> sinks, IOptions<StorageOptions> options, TimeProvider time, ILogger<LedgerAnchoring> logger)
    : BackgroundService
{
    private AuditAnchor? _last;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await TryAnchorAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogNotAnchored("the shutdown had no time left");
        }
    }

    /// <summary>Anchors the head if it has moved.</summary>
    /// <returns>The newest anchor; null while the ledger is empty.</returns>
    internal async Task<AuditAnchor?> AnchorAsync(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        if (_last is { } last && !await StillHoldsAsync(last, cancellationToken))
        {
            LogRewritten(last.Position);
            return _last;
        }

        if (head.Position == (_last?.Position ?? 0)) return _last;
        var anchor = new AuditAnchor(head.Position, head.Hash, time.GetUtcNow());
        foreach (var sink in sinks) await sink.WriteAsync(anchor, cancellationToken);
        return _last = anchor;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.AnchorEvery, time);
        do await TryAnchorAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> StillHoldsAsync(AuditAnchor anchor, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ReadLedgerAsync(anchor.Position, cancellationToken))
            return entry.Position == anchor.Position && entry.Hash == anchor.Hash;
        return false;
    }

    private async Task TryAnchorAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AnchorAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or LedgerCorruptException or IOException or UnauthorizedAccessException)
        {
            LogNotAnchored(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The ledger was rewritten: entry {Position} is not the one that was anchored. Run the audit.")]
    private partial void LogRewritten(long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger could not be anchored: {Reason}")]
    private partial void LogNotAnchored(string reason);
}
