using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Executions;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Paging;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.UseCases.Notifying;

/// <summary>
/// Calls those who may approve over the same ways as an incident. Who of the rotation's people holds the role is asked of the sign-in; when none of
/// them does, whoever is on call is called: somebody must know.
/// </summary>
internal sealed class ChannelPager(
    IEnumerable<INotificationChannel> channels, IContacts contacts, OnCallBook onCall, IUserStore users, TimeProvider clock) : IPager
{
    private readonly ImmutableArray<INotificationChannel> _channels = [.. channels];

    public async Task<PageResult> PageApproversAsync(Paging.Page page, CancellationToken cancellationToken)
    {
        if (_channels.IsEmpty) return new PageResult([], "no way to page people is configured");
        var attempts = (await ApproversAsync(cancellationToken)).SelectMany(person => Ways(person).Select(way => (Person: person, Way: way))).ToList();
        if (attempts.Count == 0) return new PageResult([], "no way to reach an approver is configured");
        var answers = await Task.WhenAll(attempts.Select(async attempt => (attempt.Person, Answer: await attempt.Way.SendAsync(
            Message(page, attempt.Person), attempt.Way.IsPersonal ? contacts.AddressOf(attempt.Person.Id, attempt.Way.Channel) : null, cancellationToken))));
        var reached = answers.Where(entry => entry.Answer is DeliveryAnswer.Taken).Select(entry => entry.Person.Name).Distinct().ToImmutableArray();
        var missed = answers.Select(entry => entry.Person.Name).Except(reached).ToList();
        return new PageResult(reached, missed.Count == 0 ? null : $"not reached: {string.Join(", ", missed)}");
    }

    private async Task<ImmutableArray<OnCallPerson>> ApproversAsync(CancellationToken cancellationToken)
    {
        var schedule = onCall.Schedule;
        var names = (await users.ListAsync(cancellationToken))
            .Where(user => !user.IsDisabled && user.Roles.Contains(nameof(Role.Approver), StringComparer.OrdinalIgnoreCase))
            .Select(user => user.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var approvers = schedule.Plan.People.Where(person => names.Contains(person.Id)).ToImmutableArray();
        var now = clock.GetUtcNow();
        return approvers.IsEmpty
            ? [.. schedule.Plan.Layers.Select(layer => schedule.Find(schedule.On(layer.Id, now, beyondHours: true))).OfType<OnCallPerson>().Distinct()]
            : approvers;
    }

    /// <summary>At once on every way but the call: it is news, not an alarm.</summary>
    private IEnumerable<INotificationChannel> Ways(OnCallPerson person) => _channels.Where(way =>
        way.Channel != ContactChannel.Voice && person.Order.Any(step => step.Channel == way.Channel)
        && (!way.IsPersonal || contacts.AddressOf(person.Id, way.Channel) is not null));

    private PageMessage Message(Paging.Page page, OnCallPerson person) => new(
        page.Key, null, Severity.P1, "Cockpit: look at this", page.Text, person.Name, 0, [],
        contacts.PublicUrl is { } home ? new Uri(home, page.Path.TrimStart('/')) : null, null);
}
