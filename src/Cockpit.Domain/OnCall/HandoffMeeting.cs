using System.Collections.Immutable;

namespace Cockpit.Domain.OnCall;

/// <summary>How a handoff meeting stands.</summary>
public enum HandoffState
{
    /// <summary>It lies ahead.</summary>
    Ahead,

    /// <summary>It is the time for it.</summary>
    Due,

    /// <summary>Its time is over and it was not held.</summary>
    Overdue,

    /// <summary>The summary is written, and both who leaves and who comes have said that they went over it.</summary>
    Held,

    /// <summary>Nobody hands over to anybody: the same person stays, nobody is there, or the cockpit was not there yet.</summary>
    NotNeeded,
}

/// <summary>A side of a handoff.</summary>
public enum HandoffSide
{
    /// <summary>Who leaves.</summary>
    Leaving,

    /// <summary>Who comes.</summary>
    Coming,
}

/// <summary>What the leaving person wrote for the coming one.</summary>
/// <param name="Handoff">The handoff it belongs to.</param>
/// <param name="Markdown">The summary.</param>
/// <param name="By">Who wrote it last, by name.</param>
/// <param name="At">When.</param>
public sealed record Handover(DateTimeOffset Handoff, string Markdown, string By, DateTimeOffset At);

/// <summary>Somebody said that the meeting was held.</summary>
/// <param name="Side">For which side.</param>
/// <param name="By">Who, by name.</param>
/// <param name="Instead">Why somebody else speaks for the person of that side; null when the person does.</param>
/// <param name="At">When.</param>
public sealed record HandoffPresence(HandoffSide Side, string By, string? Instead, DateTimeOffset At);

/// <summary>What was recorded about one handoff.</summary>
/// <param name="Summary">The summary; null before it is written.</param>
/// <param name="Said">Who said that it was held: the latest of each side.</param>
/// <param name="ToldAt">When the manager was told that it was not held; null when nobody had to be.</param>
public sealed record HandoffRecord(Handover? Summary, ImmutableArray<HandoffPresence> Said, DateTimeOffset? ToldAt)
{
    public static readonly HandoffRecord Nothing = new(null, [], null);

    /// <summary>The record after somebody said that it was held.</summary>
    public HandoffRecord With(HandoffPresence presence) => this with { Said = [.. Said.Where(each => each.Side != presence.Side), presence] };
}

/// <summary>The meeting at which a turn is handed over, with the summary of the week's incidents. It is required: it is due at every handoff.</summary>
/// <param name="At">When it begins: the instant of the handoff.</param>
/// <param name="Until">When it ends; the same instant when the rotation asks for none.</param>
/// <param name="Leaving">Whose turn ends; null when nobody's does.</param>
/// <param name="Coming">Whose turn begins; null when nobody's does.</param>
/// <param name="Record">What was recorded about it.</param>
/// <param name="IsWatched">False when it lies before the cockpit began to keep records: nobody could have written anything.</param>
public sealed record HandoffMeeting(
    DateTimeOffset At, DateTimeOffset Until, OnCallPerson? Leaving, OnCallPerson? Coming, HandoffRecord Record, bool IsWatched)
{
    /// <summary>The meeting of a handoff.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="handoff">The instant of the handoff.</param>
    /// <param name="record">What was recorded about it.</param>
    /// <param name="since">When the cockpit began to keep records; null when it has none.</param>
    public static HandoffMeeting Of(OnCallSchedule schedule, DateTimeOffset handoff, HandoffRecord record, DateTimeOffset? since)
    {
        OnCallPerson? First(DateTimeOffset at) => schedule.Plan.Layers is [var first, ..] ? schedule.Find(schedule.On(first.Id, at)) : null;
        return new HandoffMeeting(
            handoff, handoff + schedule.Plan.Rotation.Meeting, First(handoff.AddTicks(-1)), First(handoff), record, since is { } began && began <= handoff);
    }

    /// <summary>Sides that must say that it was held.</summary>
    public IEnumerable<HandoffSide> Needed => !IsWatched || Until == At || Leaving?.Id == Coming?.Id ? []
        : new[] { (HandoffSide.Leaving, Leaving), (HandoffSide.Coming, Coming) }.Where(side => side.Item2 is not null).Select(side => side.Item1);

    /// <summary>Sides that have not said yet that it was held.</summary>
    public IEnumerable<HandoffSide> Open => Needed.Where(side => Said(side) is null);

    /// <summary>Who stands on a side; null when nobody does.</summary>
    public OnCallPerson? Of(HandoffSide side) => side == HandoffSide.Leaving ? Leaving : Coming;

    /// <summary>What was said for a side; null when nothing was.</summary>
    public HandoffPresence? Said(HandoffSide side) => Record.Said.FirstOrDefault(each => each.Side == side);

    /// <summary>How it stands at an instant.</summary>
    public HandoffState StateAt(DateTimeOffset now)
    {
        var isNeeded = Needed.Any();
        if (!isNeeded && (IsWatched || now >= At)) return HandoffState.NotNeeded;
        if (isNeeded && Record.Summary is not null && !Open.Any()) return HandoffState.Held;
        return now < At ? HandoffState.Ahead : now < Until ? HandoffState.Due : HandoffState.Overdue;
    }
}
