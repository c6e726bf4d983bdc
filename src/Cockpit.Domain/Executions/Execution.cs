using System.Collections.Immutable;

namespace Cockpit.Domain.Executions;

/// <summary>How far an execution has come.</summary>
public enum ExecutionState
{
    /// <summary>Asked for, not yet sent.</summary>
    Requested,

    /// <summary>Held back for a moment in which it can be cancelled.</summary>
    Cancellable,

    /// <summary>Waits for another person's approval.</summary>
    AwaitingApproval,

    /// <summary>Being sent: the intent is stored, the answer is not in.</summary>
    Dispatching,

    /// <summary>Sent or perhaps not; nobody knows. A person decides.</summary>
    Unknown,

    /// <summary>Made in steps, and between two of them.</summary>
    Stepping,

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

    /// <summary>Done and finished: a change was turned back, which has no exit criteria of its own.</summary>
    Done,

    /// <summary>Stopped between two steps: what was made stays.</summary>
    Stopped,

    /// <summary>Cancelled before it was sent.</summary>
    Cancelled,

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
/// <param name="DispatchedAt">When the intent to send was stored, of a change made in steps that of the latest; null before.</param>
/// <param name="AcceptedAt">When the target was known to have taken it; null before.</param>
/// <param name="EffectAt">When its effect was seen; null before.</param>
/// <param name="EndedAt">When it came to its end; null before.</param>
/// <param name="Note">What the last event said.</param>
/// <param name="Steps">Everything that happened, oldest first.</param>
/// <param name="Figures">The exit criteria as they stood at the end; empty before.</param>
/// <param name="Version">Events folded.</param>
public sealed partial record Execution(
    string Id, ActionPreview Preview, string RequestedBy, DateTimeOffset RequestedAt, string? Reason, ExecutionState State,
    DateTimeOffset? DispatchedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? EffectAt, DateTimeOffset? EndedAt, string? Note,
    ImmutableArray<ExecutionStep> Steps, ImmutableArray<Evidence> Figures, long Version)
{
    /// <summary>How long an action of low risk can be cancelled before it is sent.</summary>
    public static readonly TimeSpan CancelWindow = TimeSpan.FromSeconds(5);

    /// <summary>How long the effect may take to show.</summary>
    public static readonly TimeSpan EffectDeadline = TimeSpan.FromMinutes(5);

    /// <summary>How long the exit criteria may take to hold, from the effect on.</summary>
    public static readonly TimeSpan RecoveryDeadline = TimeSpan.FromMinutes(15);

    /// <summary>Stable id of the one who asked.</summary>
    public string RequestedById { get; init; } = "";

    /// <summary>When the last event happened; starts the clock of whatever it waits for.</summary>
    public DateTimeOffset ChangedAt => Steps[^1].At;

    /// <summary>When it will be sent, as long as it can be cancelled; null otherwise.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Steps that the target has taken, of a change that is made in steps.</summary>
    public int StepsMade { get; init; }

    /// <summary>When the next step is due; null unless it is between two.</summary>
    public DateTimeOffset? NextStepAt { get; init; }

    /// <summary>Who asked to go no further while a step was being sent; null when nobody did.</summary>
    public string? StopAskedBy { get; init; }

    /// <summary>The request for approval; null when none was needed.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Why an administrator went without a second person; null when nobody did.</summary>
    public string? GlassBroken { get; init; }

    /// <summary>Which administrator did, by name; null when nobody did.</summary>
    public string? GlassBrokenBy { get; init; }

    /// <summary>What every approver must still be told; null when there is nothing.</summary>
    public string? PageDue { get; init; }

    /// <summary>How long the change is meant to last; null when it is permanent.</summary>
    public TimeSpan? LeaseLength { get; init; }

    /// <summary>The lease, from when the target took the change; null before and for permanent changes.</summary>
    public Lease? Lease { get; init; }

    /// <summary>The execution whose change this one turns back; null for any other.</summary>
    public string? RevertOf { get; init; }

    /// <summary>The figure that the action was expected to move, once it was where it should be; null before and where nothing was expected.</summary>
    public Evidence? Expected { get; init; }

    /// <summary>What the ledger of outcomes saw, oldest first.</summary>
    public ImmutableArray<Outcome> Outcomes { get; init; } = [];

    /// <summary>True while a temporary change stands.</summary>
    public bool HoldsLease => Lease is { IsOpen: true };

    /// <summary>The action as an imperative, with its values.</summary>
    public string Title => Preview.Title;

    /// <summary>The target, <c>namespace/name</c>.</summary>
    public string Target => Preview.Target;

    /// <summary>The action's id in the catalog.</summary>
    public string ActionId => Preview.ActionId;

    /// <summary>True while it waits for something.</summary>
    public bool IsOpen => State is ExecutionState.Requested or ExecutionState.Cancellable or ExecutionState.AwaitingApproval
        or ExecutionState.Dispatching or ExecutionState.Unknown or ExecutionState.Stepping or ExecutionState.Accepted or ExecutionState.EffectSeen;

    /// <summary>True while nothing has been sent and it can still be stopped.</summary>
    public bool CanBeCancelled => State is ExecutionState.Cancellable or ExecutionState.AwaitingApproval;

    /// <summary>True while a change that is made in steps can still be kept from its next one.</summary>
    public bool CanBeStopped => IsUnderWay && StopAskedBy is null;

    /// <summary>True while a change that is made in steps has begun and is not through.</summary>
    public bool IsUnderWay => Preview.Walk is not null && State is ExecutionState.Stepping or ExecutionState.Dispatching or ExecutionState.Unknown;

    /// <summary>What is being sent or was sent last: of a change that is made in steps that step, else the whole.</summary>
    public PinnedTarget Sent => Preview.Walk is { } walk
        ? walk.StepAfter(Preview.Pinned, State is ExecutionState.Dispatching or ExecutionState.Unknown || StepsMade == 0 ? StepsMade : StepsMade - 1)
        : Preview.Pinned;

    /// <summary>True while the cockpit still has something to do about it: it waits, holds a lease, owes a page or a look at the outcome.</summary>
    public bool IsFollowed => IsOpen || HoldsLease || PageDue is not null
        || AcceptedAt is not null && RevertOf is null && !Outcomes.Any(outcome => outcome.Moment == OutcomeMoment.AfterFifteenMinutes);

    /// <summary>True while nobody else may change the target: until the effect is seen or will not come. What may have been sent still holds it.</summary>
    public bool HoldsTarget => State is ExecutionState.Requested or ExecutionState.Cancellable or ExecutionState.Dispatching or ExecutionState.Unknown
        or ExecutionState.Stepping or ExecutionState.Accepted;

    /// <summary>How far it has come, as a sentence fragment.</summary>
    public string StateSentence => State switch
    {
        ExecutionState.Requested => "about to be sent",
        ExecutionState.Cancellable => "about to be sent, can still be cancelled",
        ExecutionState.AwaitingApproval => "waits for another person’s approval",
        ExecutionState.Dispatching when Preview.Walk is { } walk => $"step {StepsMade + 1} of {walk.Length} is being sent",
        ExecutionState.Dispatching => "being sent",
        ExecutionState.Stepping => $"{StepsMade} of {Preview.Walk!.Length} steps made",
        ExecutionState.Stopped => $"stopped after {StepsMade} of {Preview.Walk!.Length} steps",
        ExecutionState.Unknown => "outcome unknown",
        ExecutionState.Accepted => "accepted, waiting for its effect",
        ExecutionState.EffectSeen => "effect seen, waiting for the exit criteria",
        ExecutionState.Recovered => "recovered: the measured exit criteria hold",
        ExecutionState.NotRecovered => "done, but the exit criteria do not hold",
        ExecutionState.EffectMissed => "accepted, but its effect does not show",
        ExecutionState.Done => "done: its effect is seen",
        ExecutionState.Cancelled => "cancelled before it was sent",
        _ => "not done",
    };

    /// <summary>From sending, of a change made in steps its last one, to the recovery, never negative whatever a clock did; null when it has not recovered.</summary>
    public TimeSpan? RecoveredAfter => State == ExecutionState.Recovered && DispatchedAt is { } sent && EndedAt is { } end
        ? end > sent ? end - sent : TimeSpan.Zero
        : null;
}
