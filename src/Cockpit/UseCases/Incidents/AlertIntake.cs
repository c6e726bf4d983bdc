using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Incidents;

/// <summary>
/// Takes alerts in and turns them into incidents. One worker sorts everything that has come in since it last looked, so that a storm costs a few
/// appends and not one for each alert; whoever delivers is told only when it is stored.
/// </summary>
public sealed class AlertIntake(
    IncidentBook book, IncidentSurroundings surroundings, IEventStore store, LedgerReader ledger, TimeProvider clock) : BackgroundService
{
    private const int AlertsPerEvent = 1_000;
    private const int DeliveriesAtOnce = 2_000;
    private const int EarlyEndsKept = 10_000;
    private const int Attempts = 5;

    private readonly Channel<Delivery> _arrived = Channel.CreateBounded<Delivery>(4 * DeliveriesAtOnce);
    private readonly Dictionary<(string, DateTimeOffset?), (AlertSighting Alert, DateTimeOffset At)> _earlyEnds = [];
    private long _number;

    /// <summary>Stores a batch; completes when that is durable.</summary>
    /// <exception cref="StorageUnavailableException">It could not be stored: the sender should try again.</exception>
    public async Task TakeAsync(AlertBatch batch, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(batch, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _arrived.Writer.WriteAsync(delivery, cancellationToken);
        await delivery.Stored.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var taken = new List<Delivery>();
        try
        {
            while (await _arrived.Reader.WaitToReadAsync(stoppingToken))
            {
                taken.Clear();
                while (taken.Count < DeliveriesAtOnce && _arrived.Reader.TryRead(out var delivery)) taken.Add(delivery);
                try
                {
                    await StoreAsync([.. taken.Select(delivery => delivery.Batch)], stoppingToken);
                    foreach (var delivery in taken) delivery.Stored.SetResult();
                }
                catch (Exception failed)
                {
                    // Each sender is told and decides whether to send it again; the worker goes on with the next.
                    foreach (var delivery in taken) delivery.Stored.TrySetException(failed);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _arrived.Writer.TryComplete();
            while (_arrived.Reader.TryRead(out var late)) late.Stored.TrySetCanceled(stoppingToken);
        }
    }

    /// <summary>Sorts batches into incidents and records what is new.</summary>
    internal async Task StoreAsync(IReadOnlyList<AlertBatch> batches, CancellationToken cancellationToken)
    {
        var told = batches.SelectMany(batch => batch.Alerts.Select(alert => (Alert: surroundings.Complete(alert), Batch: batch)))
            .SelectMany(entry => EndedBefore(entry.Alert) is { } end ? [entry, (end, entry.Batch)] : new[] { entry }).ToList();
        for (var attempt = 1; ; attempt++)
        {
            await ledger.ReachedAsync((await store.ReadHeadAsync(cancellationToken)).Position, cancellationToken);
            var sorting = new AlertSorting(book.Recent, clock.GetUtcNow());
            foreach (var (alert, batch) in told) sorting.Take(alert, batch);

            var isWhole = true;
            foreach (var gathering in sorting.Gatherings.Where(gathering => gathering.Alerts.Count > 0))
                isWhole &= await RecordAsync(gathering, cancellationToken);
            if (isWhole || attempt == Attempts) break;
        }

        await ledger.ReachedAsync((await store.ReadHeadAsync(cancellationToken)).Position, cancellationToken);
    }

    private async Task<bool> RecordAsync(AlertSorting.Gathering gathering, CancellationToken cancellationToken)
    {
        var actor = new Actor("alerts", gathering.Source, [], IsPerson: false);
        var facts = new List<IncidentEvent>();
        if (gathering.Incident is not { } incident) return await OpenAsync(gathering, actor, cancellationToken);

        var worst = Worst(gathering.Alerts.Where(alert => alert.Firing));
        if (!incident.IsOpen) facts.Add(new IncidentEvent.Reopened("its alerts fire again"));
        facts.AddRange(Seen(gathering));
        if (worst is not null && surroundings.UrgencyOf(worst) is var urgency && urgency.Severity < incident.Severity)
            facts.Add(new IncidentEvent.SeverityChanged(urgency.Severity, urgency.Because, urgency.AcknowledgeWithin, urgency.RespondWithin));
        if (HaveAllEnded(incident, facts, actor)) facts.Add(new IncidentEvent.Resolved(null, surroundings.BudgetsFor(incident.Opening.Services)));
        return await AppendAsync(incident.Id, null, facts, actor, cancellationToken);
    }

    private async Task<bool> OpenAsync(AlertSorting.Gathering gathering, Actor actor, CancellationToken cancellationToken)
    {
        var worst = Worst(gathering.Alerts)!;
        var urgency = surroundings.UrgencyOf(worst);
        ImmutableArray<string> services = [.. gathering.Alerts.Select(alert => alert.Service).OfType<string>().Distinct().Take(20)];
        var title = gathering.IsStorm
            ? string.Create(CultureInfo.InvariantCulture, $"Alert storm: {gathering.Alerts.Select(alert => alert.Name).Distinct().Count()} rules, first {worst.Name}")
            : worst.Summary;
        var opened = new IncidentEvent.Opened(
            title, urgency.Severity, urgency.Because, gathering.Source, gathering.GroupKey, services, gathering.IsStorm ? null : worst.Card, worst.Runbook,
            gathering.IsStorm ? null : surroundings.ScenarioOf(worst.Card), urgency.AcknowledgeWithin, urgency.RespondWithin,
            surroundings.ChangesFor(services, worst.Card), surroundings.BudgetsFor(services), gathering.IsStorm);
        var facts = new List<IncidentEvent> { opened };
        facts.AddRange(Seen(gathering));
        if (HaveAllEnded(null, facts, actor)) facts.Add(new IncidentEvent.Resolved(null, []));

        // Of two instances that open at once one loses the number. It then sorts again, and finds the alerts in the other's incident.
        return await AppendAsync((_number = Math.Max(_number + 1, book.NextNumber)).ToString(CultureInfo.InvariantCulture), 0, facts, actor, cancellationToken);
    }

    private async Task<bool> AppendAsync(
        string id, long? expected, IReadOnlyList<IncidentEvent> facts, Actor actor, CancellationToken cancellationToken) =>
        await store.AppendAsync(IncidentLedger.StreamOf(id), expected, [.. facts.Select(fact => IncidentLedger.Write(fact, actor))], cancellationToken)
            is AppendResult.Appended;

    private static IEnumerable<IncidentEvent.AlertsSeen> Seen(AlertSorting.Gathering gathering) =>
        gathering.Alerts.Chunk(AlertsPerEvent).Select(chunk => new IncidentEvent.AlertsSeen([.. chunk], gathering.Truncated));

    private bool HaveAllEnded(Incident? incident, List<IncidentEvent> facts, Actor actor)
    {
        var now = clock.GetUtcNow();
        var after = facts.Aggregate(incident, (before, fact) => Incident.Apply(before, incident?.Id ?? "0", fact, actor, now))!;
        return after is { IsOpen: true, Firing: 0, Alerts.IsEmpty: false };
    }

    /// <summary>Deliveries overtake one another: an end that came before its beginning is remembered for a short while.</summary>
    private AlertSighting? EndedBefore(AlertSighting alert)
    {
        var now = clock.GetUtcNow();
        var key = (alert.Fingerprint, alert.StartedAt);
        if (!alert.Firing)
        {
            if (_earlyEnds.Count >= EarlyEndsKept) _earlyEnds.Clear();
            if (alert.StartedAt is not null) _earlyEnds[key] = (alert, now);
            return null;
        }

        return _earlyEnds.Remove(key, out var early) && now - early.At < IncidentAlert.LateWithin ? early.Alert : null;
    }

    private static AlertSighting? Worst(IEnumerable<AlertSighting> alerts) =>
        alerts.MinBy(alert => (alert.Severity ?? Severity.P2, alert.Problem is null ? 0 : 1));

    private sealed record Delivery(AlertBatch Batch, TaskCompletionSource Stored);
}
