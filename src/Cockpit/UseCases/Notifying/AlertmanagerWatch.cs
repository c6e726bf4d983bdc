using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Notifying;

/// <summary>How long the way from Prometheus may be silent.</summary>
/// <param name="AlertName">Name of the alert that must always arrive.</param>
/// <param name="Silence">Silence after which somebody is paged; null when none is expected.</param>
public sealed record WatchdogRule(string AlertName, TimeSpan? Silence);

/// <summary>Expects an alert that always fires. When it stops arriving, nothing else can arrive either: that is an incident of its own.</summary>
public sealed partial class AlertmanagerWatch(
    WatchdogRule rule, WatchdogBook book, AlertIntake intake, ILeadership leadership, IEventStore store, TimeProvider clock,
    ILogger<AlertmanagerWatch> logger) : BackgroundService
{
    private const string Fingerprint = "cockpit/watchdog";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private DateTimeOffset _startedAt;
    private bool? _toldSilent;

    /// <summary>Takes the watchdog out of a delivery; what remains is for people.</summary>
    public async Task<AlertBatch> SeenAsync(AlertBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.Alerts.Any(alert => alert.Name == rule.AlertName)) return batch;
        if (clock.GetUtcNow() - (book.SeenAt ?? DateTimeOffset.MinValue) >= WatchdogBook.RecordedEvery && batch.Alerts.Any(alert => alert.Name == rule.AlertName && alert.Firing))
            await store.AppendAsync(new StreamId(WatchdogBook.Kind, "alertmanager"), null,
                [Ledger.Write(WatchdogBook.SeenName, new { alert = rule.AlertName }, Actor.System)], cancellationToken);
        return batch with { Alerts = [.. batch.Alerts.Where(alert => alert.Name != rule.AlertName)] };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (rule.Silence is null) return;
        _startedAt = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (leadership.IsLeader) await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(logger, exception);
            }

            await Task.Delay(Pace, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells of silence, and of its end.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_startedAt == default) _startedAt = now;
        var since = book.SeenAt is { } seen && seen > _startedAt ? seen : _startedAt;
        var isSilent = now - since > rule.Silence!.Value + WatchdogBook.RecordedEvery;
        // After a start nothing is known yet: only an arrival proves that a silence from before has ended.
        if (isSilent == _toldSilent || (!isSilent && !(book.SeenAt > _startedAt))) return;
        await intake.TakeAsync(new AlertBatch("the cockpit", Fingerprint, [Alert(isSilent, since)], 0), cancellationToken);
        _toldSilent = isSilent;
    }

    private AlertSighting Alert(bool firing, DateTimeOffset since) => new(
        Fingerprint, rule.AlertName, firing, ImmutableSortedDictionary<string, string>.Empty.Add("severity", "critical"),
        $"Nothing arrives from Alertmanager: {rule.AlertName} was last seen before {FigureText.Duration(rule.Silence!.Value)} or more", Severity.P1, null, null, null,
        since, firing ? null : clock.GetUtcNow(), null);

    [LoggerMessage(1, LogLevel.Error, "The watch over Alertmanager failed; it goes on")]
    private static partial void Failed(ILogger logger, Exception exception);
}
