using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.OnCall;

namespace Cockpit.UseCases.Notifying;

/// <summary>
/// Tells stakeholders over the ways that pages take, but for the call: it is news, not an alarm. Whoever stands behind a named role is told on the
/// first way of the person's own order that takes the message; a place that everybody reads hears it once, and hears for whom it was meant.
/// </summary>
internal sealed class ChannelNotices(Messenger messenger, OnCallBook onCall, TimeProvider clock) : IStakeholderNotice
{
    private static readonly ImmutableDictionary<string, Severity> Urgency = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        [KeyValuePair.Create("critical", Severity.P1), KeyValuePair.Create("high", Severity.P2), KeyValuePair.Create("medium", Severity.P3)]);

    /// <inheritdoc/>
    public async Task<TargetAnswer<string>> SendAsync(StakeholderNotice notice, CancellationToken cancellationToken)
    {
        var schedule = onCall.Schedule;
        var titles = string.Join(", ", notice.To.Select(schedule.TitleOf));
        var message = new Notice(notice.Id, Urgency.GetValueOrDefault(notice.Severity, Severity.P4), $"For {titles}", notice.Text, null);
        var people = notice.To.Select(role => schedule.Behind(role, clock.GetUtcNow(), beyondHours: true)).OfType<OnCallPerson>().Distinct();
        var told = await Task.WhenAll(
            messenger.Places.Select(place => TellPlaceAsync(message, place, titles, cancellationToken))
                .Concat(people.Select(person => TellAsync(message, person, cancellationToken))));

        var reached = told.Where(one => one.Reached).Select(one => one.Words).ToList();
        var missed = told.Where(one => !one.Reached).Select(one => one.Words).ToList();
        var unreached = missed.Count == 0 ? "" : $"; not reached: {string.Join(", ", missed)}";
        if (reached.Count > 0) return new TargetAnswer<string>.Done($"told {string.Join(", ", reached)}{unreached}");
        var why = missed.Count == 0 ? $"nobody stands behind {titles}, and no place that everybody reads is configured" : $"nobody was reached: {string.Join(", ", missed)}";
        return new TargetAnswer<string>.Failed(told.Any(one => one.IsUnsure) ? new TargetFailure.Unreachable(why) : new TargetFailure.Invalid(why));
    }

    /// <summary>One way after another until one takes it.</summary>
    private async Task<Told> TellAsync(Notice message, OnCallPerson person, CancellationToken cancellationToken)
    {
        var told = new Told(false, $"{person.Name} (no address)", false);
        var ways = person.Order.Select(step => step.Channel).Distinct()
            .Where(way => way != ContactChannel.Voice && !messenger.Places.Contains(way) && messenger.Reaches(person.Id, way));
        foreach (var way in ways)
        {
            var answer = await messenger.SendAsync(way, person.Id, (words, channel) => words.Notice(channel, person.Name, message), cancellationToken);
            told = Told.Of(answer, person.Name, Name(way), told.IsUnsure);
            if (told.Reached) break;
        }

        return told;
    }

    private async Task<Told> TellPlaceAsync(Notice message, ContactChannel place, string titles, CancellationToken cancellationToken) => Told.Of(
        await messenger.SendAsync(place, "", (words, channel) => words.Notice(channel, titles, message), cancellationToken), null, Name(place), false);

    private static string Name(ContactChannel channel) => channel switch
    {
        ContactChannel.Push => "push",
        ContactChannel.Sms => "text message",
        ContactChannel.Voice => "call",
        ContactChannel.Email => "mail",
        ContactChannel.Slack => "chat",
        _ => "webhook",
    };

    /// <summary>What became of telling one person or place.</summary>
    /// <param name="Reached">It was taken.</param>
    /// <param name="Words">Whom or where, and why not.</param>
    /// <param name="IsUnsure">It may have been delivered all the same.</param>
    private sealed record Told(bool Reached, string Words, bool IsUnsure)
    {
        public static Told Of(DeliveryAnswer answer, string? person, string way, bool wasUnsure) => answer switch
        {
            DeliveryAnswer.Taken => new Told(true, person is null ? way : $"{person} ({way})", false),
            DeliveryAnswer.TryAgain failed => new Told(false, person is null ? $"{way} ({failed.Reason})" : $"{person} ({way}: {failed.Reason})", true),
            DeliveryAnswer.Refused refused => new Told(false, person is null ? $"{way} ({refused.Reason})" : $"{person} ({way}: {refused.Reason})", wasUnsure),
            _ => throw new InvalidOperationException("A message is taken, refused or tried again."),
        };
    }
}
