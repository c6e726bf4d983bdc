using System.Collections.Immutable;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions;

/// <summary>How far an execution has come.</summary>
public enum ExecutionState
{
    /// <summary>Asked for, not yet sent.</summary>
    Requested,

    /// <summary>Being sent: the intent is stored, the answer is not in.</summary>
    Dispatching,

    /// <summary>Sent or perhaps not; nobody knows. A person decides.</summary>
    Unknown,

    /// <summary>The target took it; its effect is awaited.</summary>
    Accepted,

    /// <summary>Its effect is seen; the card's exit criteria are awaited.</summary>
    EffectSeen,

    /// <summary>The card's measured exit criteria came to hold.</summary>
    Recovered,

    /// <summary>Done, but the exit criteria did not come to hold in time.</summary>
    NotRecovered,

    /// <summary>Taken by the target, but its effect did not show in time.</summary>
    EffectMissed,

    /// <summary>Not done.</summary>
    Refused,
}

/// <summary>A step on an execution's way, for people.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What.</param>
public sealed record ExecutionStep(DateTimeOffset At, string Text);

/// <summary>One run of a guarded action, folded from its events.</summary>
/// <param name="Id">Its id: that of the preview it came from.</param>
/// <param name="Preview">What was asked for.</param>
/// <param name="RequestedBy">Who asked, by name.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="Reason">Why, in their words; null when none was asked for.</param>
/// <param name="State">How far it has come.</param>
/// <param name="DispatchedAt">When the intent to send was stored; null before.</param>
/// <param name="AcceptedAt">When the target was known to have taken it; null before.</param>
/// <param name="EffectAt">When its effect was seen; null before.</param>
/// <param name="EndedAt">When it came to its end; null before.</param>
/// <param name="Note">What the last event said.</param>
/// <param name="Steps">Everything that happened, oldest first.</param>
/// <param name="Figures">The exit criteria as they stood at the end; empty before.</param>
/// <param name="Version">Events folded.</param>
public sealed record Execution(
    string Id, ActionPreview Preview, string RequestedBy, DateTimeOffset RequestedAt, string? Reason, ExecutionState State,
    DateTimeOffset? DispatchedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? EffectAt, DateTimeOffset? EndedAt, string? Note,
    ImmutableArray<ExecutionStep> Steps, ImmutableArray<Evidence> Figures, long Version)
{
    /// <summary>How long the effect may take to show.</summary>
    public static readonly TimeSpan EffectDeadline = TimeSpan.FromMinutes(5);

    /// <summary>How long the exit criteria may take to hold, from the effect on.</summary>
    public static readonly TimeSpan RecoveryDeadline = TimeSpan.FromMinutes(15);

    /// <summary>The action as an imperative, with its values.</summary>
    public string Title => Preview.Title;

    /// <summary>The target, <c>namespace/name</c>.</summary>
    public string Target => Preview.Target;

    /// <summary>The action's id in the catalog.</summary>
    public string ActionId => Preview.ActionId;

    /// <summary>True while it waits for something.</summary>
    public bool IsOpen => State is ExecutionState.Requested or ExecutionState.Dispatching or ExecutionState.Unknown
        or ExecutionState.Accepted or ExecutionState.EffectSeen;

    /// <summary>True while nobody else may change the target: until the effect is seen or will not come. What may have been sent still holds it.</summary>
    public bool HoldsTarget => State is ExecutionState.Requested or ExecutionState.Dispatching or ExecutionState.Unknown or ExecutionState.Accepted;

    /// <summary>How far it has come, as a sentence fragment.</summary>
    public string StateSentence => State switch
    {
        ExecutionState.Requested => "about to be sent",
        ExecutionState.Dispatching => "being sent",
        ExecutionState.Unknown => "outcome unknown",
        ExecutionState.Accepted => "accepted, waiting for its effect",
        ExecutionState.EffectSeen => "effect seen, waiting for the exit criteria",
        ExecutionState.Recovered => "recovered: the measured exit criteria hold",
        ExecutionState.NotRecovered => "done, but the exit criteria do not hold",
        ExecutionState.EffectMissed => "accepted, but its effect does not show",
        _ => "not done",
    };

    /// <summary>From the first request to the recovery; null when it has not recovered.</summary>
    public TimeSpan? RecoveredAfter => State == ExecutionState.Recovered && DispatchedAt is { } sent ? EndedAt - sent : null;

    /// <summary>The execution after one more event.</summary>
    /// <param name="before">The execution so far; null before its first event.</param>
    /// <param name="event">What happened.</param>
    /// <param name="by">Who did it, by name.</param>
    /// <param name="at">When.</param>
    /// <exception cref="InvalidOperationException">The stream does not begin with a request.</exception>
    public static Execution Apply(Execution? before, ExecutionEvent @event, string by, DateTimeOffset at)
    {
        if (@event is ExecutionEvent.Requested requested)
            return new Execution(requested.Preview.Id, requested.Preview, by, at, null, ExecutionState.Requested,
                null, null, null, null, null, [new(at, $"{by} asked to {Lower(requested.Preview.Title)}")], [], 1);
        if (before is null) throw new InvalidOperationException($"An execution begins with a request, not with {@event.GetType().Name}.");
        var next = @event switch
        {
            ExecutionEvent.Confirmed confirmed =>
                before.Step(at, $"{by} confirmed: {confirmed.Way}{(confirmed.Reason is null ? "" : $", because “{confirmed.Reason}”")}") with { Reason = confirmed.Reason },
            ExecutionEvent.DispatchIntended => before.Step(at, "Sent to the target") with { State = ExecutionState.Dispatching, DispatchedAt = at },
            ExecutionEvent.Accepted accepted =>
                before.Step(at, $"Accepted: {accepted.Evidence}") with { State = ExecutionState.Accepted, AcceptedAt = at, Note = accepted.Evidence },
            ExecutionEvent.Refused refused =>
                before.Step(at, $"Not done: {refused.Reason}") with { State = ExecutionState.Refused, EndedAt = at, Note = refused.Reason },
            ExecutionEvent.OutcomeUnknown unknown =>
                before.Step(at, $"Outcome unknown: {unknown.Reason}") with { State = ExecutionState.Unknown, Note = unknown.Reason },
            ExecutionEvent.ReadBack { Applied: true } found =>
                before.Step(at, $"Read back: {found.Evidence}") with { State = ExecutionState.Accepted, AcceptedAt = at, Note = found.Evidence },
            ExecutionEvent.ReadBack found =>
                before.Step(at, $"Read back: {found.Evidence}") with { State = ExecutionState.Refused, EndedAt = at, Note = found.Evidence },
            ExecutionEvent.EffectSeen seen =>
                before.Step(at, $"Effect seen: {seen.Evidence}") with { State = ExecutionState.EffectSeen, EffectAt = at, Note = seen.Evidence },
            ExecutionEvent.EffectMissed missed =>
                before.Step(at, $"Effect not seen: {missed.Evidence}") with { State = ExecutionState.EffectMissed, EndedAt = at, Note = missed.Evidence },
            ExecutionEvent.Recovered recovered =>
                before.Step(at, $"Exit criteria hold, {FigureText.Duration(at - (before.DispatchedAt ?? at))} after it was sent") with
                {
                    State = ExecutionState.Recovered,
                    EndedAt = at,
                    Figures = recovered.Figures,
                },
            ExecutionEvent.NotRecovered missed =>
                before.Step(at, "Exit criteria do not hold in time") with { State = ExecutionState.NotRecovered, EndedAt = at, Figures = missed.Figures },
            _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow."),
        };
        return next with { Version = before.Version + 1 };
    }

    private Execution Step(DateTimeOffset at, string text) => this with { Steps = Steps.Add(new ExecutionStep(at, text)) };

    private static string Lower(string title) => title.Length == 0 ? title : char.ToLowerInvariant(title[0]) + title[1..];
}
