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
/// <remarks>
/// The instance to which it arrives knows to the second when it did; any other, and the same one after a restart, knows what was recorded, which
/// is at most a fifth of the silence older. So silence is told on the second, or that much early, and never late. A cockpit that was away
/// cannot know what would have arrived: it waits half a silence more before it speaks.
/// </remarks>
public sealed class AlertmanagerWatch(
    WatchdogRule rule, WatchdogBook book, AlertIntake intake, ILeadership leadership, IEventStore store, TimeProvider clock,
    ILogger<AlertmanagerWatch> logger) : LeaderLoop(leadership, clock, logger)
{
    private const string Fingerprint = "cockpit/watchdog";

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private long _arrived;
    private bool? _toldSilent;

    private DateTimeOffset? ArrivedAt => Interlocked.Read(ref _arrived) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>When it was last seen, as far as this instance knows; null when never.</summary>
    private DateTimeOffset? SeenAt => ArrivedAt is { } here && !(book.SeenAt > here) ? here : book.SeenAt;

    /// <summary>Takes the watchdog out of a delivery; what remains is for people.</summary>
    public async Task<AlertBatch> SeenAsync(AlertBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.Alerts.Any(alert => alert.Name == rule.AlertName)) return batch;
        if (batch.Alerts.Any(alert => alert.Name == rule.AlertName && alert.Firing))
        {
            var now = Clock.GetUtcNow();
            Interlocked.Exchange(ref _arrived, now.UtcTicks);
            if (now - (book.SeenAt ?? DateTimeOffset.MinValue) >= WatchdogBook.RecordedEvery(rule.Silence ?? TimeSpan.MaxValue))
                await store.AppendAsync(new StreamId(WatchdogBook.Kind, "alertmanager"), null,
                    [Ledger.Write(WatchdogBook.SeenName, new { alert = rule.AlertName }, Actor.System)], cancellationToken);
        }

        return batch with { Alerts = [.. batch.Alerts.Where(alert => alert.Name != rule.AlertName)] };
    }

    protected override Task RoundAsync(CancellationToken cancellationToken) => rule.Silence is null ? Task.CompletedTask : LookAsync(cancellationToken);

    /// <summary>Tells of silence, and of its end.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var (now, silence) = (Clock.GetUtcNow(), rule.Silence!.Value);
        var isSilent = now >= Deadline(silence);
        // After a start nothing is known yet: only an arrival proves that a silence from before has ended.
        if (isSilent == _toldSilent || (!isSilent && !(SeenAt > _startedAt))) return;
        await intake.TakeAsync(new AlertBatch("the cockpit", Fingerprint, [Alert(isSilent, SeenAt ?? _startedAt)], 0), cancellationToken);
        _toldSilent = isSilent;
    }

    private DateTimeOffset Deadline(TimeSpan silence)
    {
        if (SeenAt is not { } seen) return _startedAt + silence;
        if (seen >= _startedAt) return seen + silence;
        return seen + silence > _startedAt + silence / 2 ? seen + silence : _startedAt + silence / 2;
    }

    private AlertSighting Alert(bool firing, DateTimeOffset since) => new(
        Fingerprint, rule.AlertName, firing, ImmutableSortedDictionary<string, string>.Empty.Add("severity", "critical"),
        $"Nothing arrives from Alertmanager: {rule.AlertName} was last seen before {FigureText.Duration(rule.Silence!.Value)} or more", Severity.P1, null, null, null,
        since, firing ? null : Clock.GetUtcNow(), null);
}
