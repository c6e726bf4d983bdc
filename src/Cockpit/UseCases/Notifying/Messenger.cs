using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Domain.OnCall;

namespace Cockpit.UseCases.Notifying;

/// <summary>Hands messages to the ways that are configured, each for itself: one that hangs is given up after a while and delays no other.</summary>
public sealed class Messenger(IEnumerable<INotificationChannel> channels, IContacts contacts, MessageComposer composer, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ImmutableDictionary<ContactChannel, INotificationChannel> _channels = channels.ToImmutableDictionary(channel => channel.Channel);

    /// <summary>Ways that are configured.</summary>
    public IReadOnlyCollection<ContactChannel> Configured => [.. _channels.Keys.Order()];

    /// <summary>Of those, the places that everybody reads.</summary>
    public IReadOnlyCollection<ContactChannel> Places => [.. _channels.Values.Where(way => !way.IsPersonal).Select(way => way.Channel).Order()];

    /// <summary>Whether a person can be reached on a way.</summary>
    public bool Reaches(string person, ContactChannel channel) =>
        _channels.TryGetValue(channel, out var way) && (!way.IsPersonal || contacts.AddressOf(person, channel) is not null);

    /// <summary>Sends a message once.</summary>
    /// <param name="channel">A way on which the person can be reached.</param>
    /// <param name="person">Id of the person.</param>
    /// <param name="compose">Puts it into words for the way.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<DeliveryAnswer> SendAsync(
        ContactChannel channel, string person, Func<MessageComposer, INotificationChannel, PageMessage> compose, CancellationToken cancellationToken)
    {
        var way = _channels[channel];
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await way.SendAsync(compose(composer, way), way.IsPersonal ? contacts.AddressOf(person, channel) : null, bounded.Token).WaitAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryAnswer.TryAgain($"no answer within {FigureText.Duration(Patience)}");
        }
    }

    /// <summary>Tells a person something that is no incident, on all of the person's ways at once, and says what became of each.</summary>
    /// <param name="person">Whom.</param>
    /// <param name="notice">What.</param>
    /// <param name="calls">Whether it is worth a call.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public async Task<ImmutableArray<(ContactChannel Channel, DeliveryAnswer Answer)>> TellAsync(
        OnCallPerson person, Notice notice, bool calls, CancellationToken cancellationToken)
    {
        var ways = person.Order.Select(step => step.Channel).Distinct()
            .Where(channel => (calls || channel != ContactChannel.Voice) && Reaches(person.Id, channel)).ToList();
        return [.. await Task.WhenAll(ways.Select(async channel => (channel, await SendAsync(
            channel, person.Id, (words, way) => words.Notice(way, person.Name, notice), cancellationToken))))];
    }
}
