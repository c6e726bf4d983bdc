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
/// them does, whoever is on call is called: somebody must know. It is news and not an alarm, so it goes out at once on every way but the call.
/// </summary>
internal sealed class ChannelPager(Messenger messenger, OnCallBook onCall, IUserStore users, TimeProvider clock) : IPager
{
    public async Task<PageResult> PageApproversAsync(Paging.Page page, CancellationToken cancellationToken)
    {
        if (messenger.Configured.Count == 0) return new PageResult([], "no way to page people is configured");
        var notice = new Notice(page.Key, Severity.P1, "Cockpit: look at this", page.Text, page.Path);
        var told = await Task.WhenAll((await ApproversAsync(cancellationToken)).Select(async person =>
            (person.Name, Answers: await messenger.TellAsync(person, notice, calls: false, cancellationToken))));
        if (told.All(entry => entry.Answers.IsEmpty)) return new PageResult([], "no way to reach an approver is configured");
        var reached = told.Where(entry => entry.Answers.Any(way => way.Answer is DeliveryAnswer.Taken)).Select(entry => entry.Name).ToImmutableArray();
        var missed = told.Select(entry => entry.Name).Except(reached).ToList();
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
}
