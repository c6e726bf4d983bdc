using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.Live;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Incidents;

/// <summary>Where no Alertmanager stands in between, the cockpit's own alerts open incidents.</summary>
public sealed partial class SnapshotAlerts(
    SnapshotFeed feed, IncidentBook book, AlertIntake intake, LedgerReader ledger, IEventStore store, ILeadership leadership, TimeProvider clock,
    ILogger<SnapshotAlerts> logger) : BackgroundService
{
    private const string Source = "the cockpit's own rules";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private ImmutableHashSet<string>? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (long seen = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                var snapshot = await feed.NextAsync(seen, stoppingToken);
                if (leadership.IsLeader && snapshot.Objectives.SampledAt is not null) await TellAsync(snapshot.Objectives.Alerts, stoppingToken);
                seen = snapshot.Number;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Failed(logger, exception);
            }

            await Task.Delay(Pace, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells of alerts that began or ended since the last look.</summary>
    internal async Task TellAsync(ImmutableArray<OpenAlert> alerts, CancellationToken cancellationToken)
    {
        var told = _told ?? await RecallAsync(cancellationToken);
        var now = alerts.Where(alert => alert.Phase == AlertPhase.Firing).DistinctBy(alert => alert.Id).ToDictionary(alert => alert.Id, StringComparer.Ordinal);
        var news = now.Values.Where(alert => !told.Contains(alert.Id)).Select(Began)
            .Concat(told.Where(id => !now.ContainsKey(id)).Select(Ended)).ToImmutableArray();
        if (!news.IsEmpty) await intake.TakeAsync(new AlertBatch(Source, null, news, 0), cancellationToken);
        _told = now.Keys.ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>What the run before had told of and not ended: it may have ended while nobody looked.</summary>
    private async Task<ImmutableHashSet<string>> RecallAsync(CancellationToken cancellationToken)
    {
        await ledger.ReachedAsync((await store.ReadHeadAsync(cancellationToken)).Position, cancellationToken);
        return book.Open.Where(incident => incident.Opening.Source == Source)
            .SelectMany(incident => incident.Alerts.Values).Where(alert => alert.Firing)
            .Select(alert => alert.Fingerprint).ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>The estate's clock may be sped up; when it began is told by the cockpit's own.</summary>
    private static AlertSighting Began(OpenAlert alert) => new(
        alert.Id, alert.Name, true, alert.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal), alert.Summary, alert.Severity, alert.Service,
        alert.Card, alert.Runbook, null, null, null);

    private static AlertSighting Ended(string id) => new(
        id, id, false, ImmutableSortedDictionary<string, string>.Empty, "ended", null, null, null, null, null, null, null);

    [LoggerMessage(1, LogLevel.Error, "The cockpit's own alerts could not be told; they are told again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
