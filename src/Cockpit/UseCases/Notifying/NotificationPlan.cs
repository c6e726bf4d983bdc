using System.Globalization;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;

namespace Cockpit.UseCases.Notifying;

/// <summary>A message that is due.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Page">The page it belongs to.</param>
/// <param name="Channel">The way; null when there is none to this person.</param>
/// <param name="Key">What deduplicates it.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
public sealed record DueMessage(Incident Incident, Page Page, ContactChannel? Channel, string Key, int Attempt);

/// <summary>Decides which messages are due, from what is stored and the instant alone.</summary>
/// <remarks>
/// A person's later ways are used only while nobody has answered. A failed attempt is repeated after 5 s, 15 s, 45 s, 2 min and 5 min, or later
/// when the provider asks for that, within reason: somebody waits to be woken.
/// P3 and P4 ring no phone: they may wait until somebody looks.
/// </remarks>
public static class NotificationPlan
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
    ];

    private static readonly TimeSpan LongestLeaveAlone = TimeSpan.FromMinutes(2);

    /// <summary>Attempts before a message is given up.</summary>
    public static int MostAttempts => Pauses.Length + 1;

    /// <summary>Messages of an incident that are due.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="schedule">Who people are.</param>
    /// <param name="reaches">Whether a person can be reached on a way.</param>
    /// <param name="now">The instant.</param>
    public static IEnumerable<DueMessage> Due(
        Incident incident, OnCallSchedule schedule, Func<string, ContactChannel, bool> reaches, DateTimeOffset now)
    {
        foreach (var page in incident.Pages)
        {
            var isAnswered = !incident.IsOpen || incident.State == IncidentState.Mitigated || incident.LastAcknowledgedAt >= page.At;
            var order = schedule.Find(page.Person)?.Order ?? OnCallPerson.UsualOrder;
            var ways = order.Select((step, index) => (Step: step, Index: index))
                .Where(way => reaches(page.Person, way.Step.Channel) && (incident.Severity <= Severity.P2 || way.Step.Channel != ContactChannel.Voice)).ToList();
            if (ways.Count == 0 && !isAnswered && !incident.Deliveries.ContainsKey(KeyOf(incident, page, "none")))
                yield return new DueMessage(incident, page, null, KeyOf(incident, page, "none"), 1);
            foreach (var (step, index) in ways)
            {
                var key = KeyOf(incident, page, string.Create(CultureInfo.InvariantCulture, $"{step.Channel}-{index + 1}").ToLowerInvariant());
                if (incident.Deliveries.GetValueOrDefault(key) is { } delivery)
                {
                    if (!delivery.IsFinal && !isAnswered && now - delivery.At >= PauseAfter(delivery))
                        yield return new DueMessage(incident, page, step.Channel, key, delivery.Attempts + 1);
                }
                else if (!isAnswered && now >= page.At + step.After)
                {
                    yield return new DueMessage(incident, page, step.Channel, key, 1);
                }
            }
        }
    }

    private static TimeSpan PauseAfter(Delivery delivery)
    {
        var pause = Pauses[Math.Min(delivery.Attempts, Pauses.Length) - 1];
        var asked = delivery.LeaveAlone is { } alone && alone < LongestLeaveAlone ? alone : delivery.LeaveAlone is null ? TimeSpan.Zero : LongestLeaveAlone;
        return asked > pause ? asked : pause;
    }

    private static string KeyOf(Incident incident, Page page, string way) =>
        string.Create(CultureInfo.InvariantCulture, $"{incident.Id}-{page.Number}-{way}");
}
