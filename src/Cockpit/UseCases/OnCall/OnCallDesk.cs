using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.OnCall;

/// <summary>Records overrides, swaps, handovers and their meetings.</summary>
public sealed class OnCallDesk(IEventStore store, LedgerReader ledger, OnCallBook book, TimeProvider clock)
{
    private const int LongestReason = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);
    private static readonly TimeSpan Earliest = TimeSpan.FromDays(1);

    /// <summary>Lets somebody stand in at a layer for a time; nobody leaves it empty on purpose. Returns why not, or null.</summary>
    public Task<string?> OverrideAsync(
        string layer, string? person, DateTimeOffset from, DateTimeOffset until, string? reason, Actor? actor, CancellationToken cancellationToken) =>
        RecordAsync([new(layer, person, from.ToUniversalTime(), until.ToUniversalTime())], reason, actor, cancellationToken);

    /// <summary>Swaps two turns: each stands in for the other. Returns why not, or null.</summary>
    /// <param name="layer">Id of the layer.</param>
    /// <param name="one">An instant within the one turn.</param>
    /// <param name="other">An instant within the other.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who arranges it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string?> SwapAsync(string layer, DateTimeOffset one, DateTimeOffset other, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        var schedule = book.Schedule;
        var (first, second) = (Turn(schedule, one), Turn(schedule, other));
        if (first == second) return Task.FromResult<string?>("Choose two different turns.");
        return RecordAsync(
        [
            new(layer, schedule.On(layer, second.From, beyondHours: true), first.From, first.Until),
            new(layer, schedule.On(layer, first.From, beyondHours: true), second.From, second.Until),
        ], reason, actor, cancellationToken);
    }

    /// <summary>Calls an override off. Returns why not, or null.</summary>
    public async Task<string?> CallOffAsync(string id, string reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        if (book.Schedule.Overrides.All(each => each.Id != id)) return null;
        return await AppendAsync(id, OnCallBook.CalledOffName, new OnCallBook.CalledOff(reason), actor!, cancellationToken);
    }

    /// <summary>Saves the summary of a handoff. Returns why not, or null.</summary>
    public async Task<string?> HandOverAsync(DateTimeOffset handoff, string markdown, Actor? actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        if (string.IsNullOrWhiteSpace(markdown) || markdown.Length > 100_000) return "Write a summary first.";
        return await AppendAsync("handoff", OnCallBook.HandedOverName, new OnCallBook.HandedOver(handoff.ToUniversalTime(), markdown), actor!, cancellationToken);
    }

    /// <summary>Says that the meeting of a handoff was held, for one side. Returns why not, or null.</summary>
    /// <param name="handoff">The handoff.</param>
    /// <param name="side">For whom: who leaves, or who comes.</param>
    /// <param name="instead">Why somebody else than that person says so; not needed from the person.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string?> AttendAsync(DateTimeOffset handoff, HandoffSide side, string? instead, Actor? actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        var meeting = book.MeetingAt(handoff.ToUniversalTime());
        if (!actor!.IsPerson) return "Only a person can say that a meeting was held.";
        if (meeting.Of(side) is not { } person || !meeting.Needed.Contains(side)) return "Nobody stands on that side of the handoff: there is nothing to say.";
        if (meeting.Record.Summary is null) return "Write the summary first: the meeting goes over it.";
        if (clock.GetUtcNow() < meeting.At - Earliest) return "It lies too far ahead: it may be held on the day before at the earliest.";
        var isTheirs = book.Schedule.Whose(actor.Id, actor.Name) == person;
        if (!isTheirs && string.IsNullOrWhiteSpace(instead)) return $"You are not {person.Name}: say why you speak for them.";
        if (meeting.Said(side) is not null) return null;
        return await AppendAsync("handoff", OnCallBook.AttendedName,
            new OnCallBook.Attended(meeting.At, side, isTheirs ? null : instead!.Trim()[..Math.Min(instead.Trim().Length, LongestReason)]), actor, cancellationToken);
    }

    private async Task<string?> RecordAsync(
        ImmutableArray<OnCallBook.OverriddenShift> shifts, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } no) return no;
        var plan = book.Schedule.Plan;
        foreach (var shift in shifts)
        {
            if (plan.Layers.All(layer => layer.Id != shift.Layer)) return "There is no such layer.";
            if (shift.Person is not null && book.Schedule.Find(shift.Person) is null) return "There is no such person.";
            if (shift.Until <= shift.From) return "It must end after it begins.";
            if (shift.Until <= clock.GetUtcNow()) return "It lies in the past; who was on call then cannot be changed any more.";
            if (shift.Until - shift.From > Longest) return "It may last at most 60 days.";
        }

        return await AppendAsync(Guid.NewGuid().ToString("N")[..12], OnCallBook.OverriddenName,
            new OnCallBook.Overridden(shifts, string.IsNullOrWhiteSpace(reason) ? "arranged" : reason.Trim()), actor!, cancellationToken);
    }

    private async Task<string?> AppendAsync<T>(string id, string name, T fact, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.AppendAsync(new StreamId(OnCallBook.Kind, id), null, [Ledger.Write(name, fact, actor)], cancellationToken)
                is AppendResult.Appended appended) await ledger.ReachedAsync(appended.LastPosition, cancellationToken);
            return null;
        }
        catch (StorageUnavailableException unavailable)
        {
            return $"Not recorded: {unavailable.Message}";
        }
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Turn(OnCallSchedule schedule, DateTimeOffset at) =>
        (schedule.LastHandoff(at), schedule.NextHandoff(at));

    private static string? Forbidden(Actor? actor) => actor is not null && actor.May(Role.Responder) ? null : "Sign in as a responder to do this.";
}
