using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Notifying;

/// <summary>
/// Sends what pages ask for. The ledger is the outbox: a page is stored before its messages go out, and what became of each is stored after, so
/// that a crash in between sends a message again under the same key rather than never. A provider that hangs delays nobody else's message.
/// </summary>
public sealed partial class NotificationSupervisor(
    ILeadership leadership, IncidentBook book, OnCallBook onCall, Messenger messenger, IEventStore store, LedgerReader ledger, TimeProvider clock,
    ILogger<NotificationSupervisor> logger) : LeaderLoop(leadership, clock, logger)
{
    private const int MostAtOnce = 32;

    private static readonly TimeSpan RecordAgainAfter = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    /// <summary>Ways that are configured.</summary>
    public IReadOnlyCollection<ContactChannel> Configured => messenger.Configured;

    protected override Task RoundAsync(CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        return Task.CompletedTask;
    }

    protected override Task OverAsync() => FinishedAsync();

    /// <summary>Begins every message that is due and is not under way.</summary>
    internal void Begin(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        foreach (var (key, _) in _underWay.Where(entry => entry.Value.IsCompleted).ToList()) _underWay.Remove(key);
        foreach (var incident in book.Open)
            foreach (var due in NotificationPlan.Due(incident, onCall.Schedule, messenger.Reaches, now))
            {
                if (_underWay.Count >= MostAtOnce) return;
                if (!_underWay.ContainsKey(due.Key)) _underWay[due.Key] = SendAsync(due, cancellationToken);
            }
    }

    /// <summary>Completes when nothing is under way.</summary>
    internal Task FinishedAsync() => Task.WhenAll(_underWay.Values);

    /// <summary>Sends a test to a person on every way that is configured, and says what became of each.</summary>
    public async Task<IReadOnlyList<(ContactChannel Channel, DeliveryAnswer Answer)>> TestAsync(OnCallPerson person, Actor actor, CancellationToken cancellationToken) =>
        await messenger.TellAsync(
            person, new Notice(
                $"test-{Clock.GetUtcNow().ToUnixTimeMilliseconds()}", Severity.P4, "Test from Cockpit", $"{actor.Name} tests how you are reached. Nothing is wrong.", "/on-call"),
            calls: true, cancellationToken);

    private async Task SendAsync(DueMessage due, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            var fact = due.Channel is { } channel
                ? Outcome(due, channel, await messenger.SendAsync(
                    channel, due.Page.Person, (words, way) => words.Page(way, due.Incident, due.Page, due.Key, Clock.GetUtcNow()), cancellationToken))
                : new IncidentEvent.Notified(due.Key, due.Page.Number, due.Page.Person, ContactChannel.Push, DeliveryOutcome.NotConfigured, 1,
                    "no way to reach this person is configured");
            await RecordAsync(due, fact, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception unexpected)
        {
            OneFailed(logger, unexpected, due.Key);
        }
    }

    /// <summary>Keeps at it through an outage of storage: what is not recorded would be sent again.</summary>
    private async Task RecordAsync(DueMessage due, IncidentEvent.Notified fact, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await store.AppendAsync(IncidentLedger.StreamOf(due.Incident.Id), null, [IncidentLedger.Write(fact, Actor.System)],
                    $"{fact.Key}/{fact.Attempt}", cancellationToken) is AppendResult.Appended appended)
                    await ledger.ReachedAsync(appended.LastPosition, cancellationToken);
                return;
            }
            catch (StorageUnavailableException unavailable)
            {
                NotRecorded(logger, unavailable, due.Key);
                await Task.Delay(RecordAgainAfter, Clock, cancellationToken);
            }
        }
    }

    private static IncidentEvent.Notified Outcome(DueMessage due, ContactChannel channel, DeliveryAnswer answer)
    {
        var (outcome, detail) = answer switch
        {
            DeliveryAnswer.Taken taken => (DeliveryOutcome.Sent, taken.Detail),
            DeliveryAnswer.TryAgain later when due.Attempt < NotificationPlan.MostAttempts => (DeliveryOutcome.Failed, later.Reason),
            DeliveryAnswer.TryAgain never => (DeliveryOutcome.GaveUp, never.Reason),
            DeliveryAnswer.Refused refused => (DeliveryOutcome.GaveUp, refused.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
        };
        return new IncidentEvent.Notified(
            due.Key, due.Page.Number, due.Page.Person, channel, outcome, due.Attempt, detail, (answer as DeliveryAnswer.TryAgain)?.After);
    }

    [LoggerMessage(2, LogLevel.Error, "What became of message {Key} could not be recorded; trying again")]
    private static partial void NotRecorded(ILogger logger, Exception exception, string key);

    [LoggerMessage(3, LogLevel.Error, "Message {Key} could not be sent; it will be tried again")]
    private static partial void OneFailed(ILogger logger, Exception exception, string key);
}
