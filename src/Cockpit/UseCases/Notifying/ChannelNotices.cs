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
internal sealed class ChannelNotices(
    IEnumerable<INotificationChannel> channels, IContacts contacts, OnCallBook onCall, TimeProvider clock) : IStakeholderNotice
{
    private static readonly ImmutableDictionary<string, Severity> Urgency = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        [KeyValuePair.Create("critical", Severity.P1), KeyValuePair.Create("high", Severity.P2), KeyValuePair.Create("medium", Severity.P3)]);

    private readonly ImmutableArray<INotificationChannel> _channels = [.. channels.Where(way => way.Channel != ContactChannel.Voice)];

    /// <inheritdoc/>
    public async Task<TargetAnswer<string>> SendAsync(StakeholderNotice notice, CancellationToken cancellationToken)
    {
        var schedule = onCall.Schedule;
        var titles = notice.To.Select(schedule.TitleOf).ToImmutableArray();
        var people = notice.To.Select(role => schedule.Behind(role, clock.GetUtcNow(), beyondHours: true) ?? schedule.Find(role)).OfType<OnCallPerson>().Distinct();
        var places = _channels.Where(way => !way.IsPersonal).Select(way => TellPlaceAsync(notice, way, titles, cancellationToken));
        var told = await Task.WhenAll(places.Concat(people.Select(person => TellAsync(notice, person, cancellationToken))));

        var reached = told.Where(one => one.Reached).Select(one => one.Words).ToList();
        var missed = told.Where(one => !one.Reached).Select(one => one.Words).ToList();
        var unreached = missed.Count == 0 ? "" : $"; not reached: {string.Join(", ", missed)}";
        if (reached.Count > 0) return new TargetAnswer<string>.Done($"told {string.Join(", ", reached)}{unreached}");
        var why = missed.Count == 0 ? $"nobody stands behind {string.Join(", ", titles)}, and no place that everybody reads is configured" : $"nobody was reached: {string.Join(", ", missed)}";
        return new TargetAnswer<string>.Failed(told.Any(one => one.Unsure) ? new TargetFailure.Unreachable(why) : new TargetFailure.Invalid(why));
    }

    /// <summary>One way after another until one takes it. A way that may have delivered it is not asked a second time.</summary>
    private async Task<Told> TellAsync(StakeholderNotice notice, OnCallPerson person, CancellationToken cancellationToken)
    {
        var (why, unsure) = ("no address", false);
        foreach (var channel in person.Order.Select(step => step.Channel).Distinct())
        {
            if (_channels.FirstOrDefault(each => each.IsPersonal && each.Channel == channel) is not { } way || contacts.AddressOf(person.Id, channel) is not { } address) continue;
            switch (await way.SendAsync(Message(notice, person.Name), address, cancellationToken))
            {
                case DeliveryAnswer.Taken:
                    return new Told(true, $"{person.Name} ({Name(channel)})", false);
                case DeliveryAnswer.TryAgain failed:
                    (why, unsure) = ($"{Name(channel)}: {failed.Reason}", true);
                    break;
                case DeliveryAnswer.Refused refused:
                    why = $"{Name(channel)}: {refused.Reason}";
                    break;
            }
        }

        return new Told(false, $"{person.Name} ({why})", unsure);
    }

    private async Task<Told> TellPlaceAsync(StakeholderNotice notice, INotificationChannel place, ImmutableArray<string> titles, CancellationToken cancellationToken) =>
        await place.SendAsync(Message(notice, string.Join(", ", titles)), null, cancellationToken) switch
        {
            DeliveryAnswer.Taken => new Told(true, Name(place.Channel), false),
            DeliveryAnswer.TryAgain failed => new Told(false, $"{Name(place.Channel)} ({failed.Reason})", true),
            DeliveryAnswer.Refused refused => new Told(false, $"{Name(place.Channel)} ({refused.Reason})", false),
            _ => throw new InvalidOperationException("A message is taken, refused or tried again."),
        };

    private PageMessage Message(StakeholderNotice notice, string to) => new(
        notice.Id, null, Urgency.GetValueOrDefault(notice.Severity, Severity.P4), "A message to stakeholders", notice.Text, to, 0, [], contacts.PublicUrl, null);

    private static string Name(ContactChannel channel) => channel switch
    {
        ContactChannel.Push => "push",
        ContactChannel.Sms => "text message",
        ContactChannel.Voice => "call",
        ContactChannel.Email => "mail",
        ContactChannel.Slack => "chat",
        _ => "webhook",
    };

    private sealed record Told(bool Reached, string Words, bool Unsure);
}
