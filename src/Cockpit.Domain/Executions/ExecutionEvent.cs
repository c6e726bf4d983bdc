using System.Collections.Immutable;

namespace Cockpit.Domain.Executions;

/// <summary>A fact about an execution. The stream of them is the execution; nothing else is stored.</summary>
public abstract record ExecutionEvent
{
    private ExecutionEvent() { }

    /// <summary>Somebody asked for what a preview showed.</summary>
    /// <param name="Preview">What was shown.</param>
    /// <param name="Lease">How long the change is meant to last; null when it is permanent.</param>
    /// <param name="RevertOf">The execution whose change this one turns back; null for any other.</param>
    /// <param name="Before">What was seen then; null when nothing was looked at.</param>
    public sealed record Requested(ActionPreview Preview, TimeSpan? Lease = null, string? RevertOf = null, Outcome? Before = null) : ExecutionEvent;

    /// <summary>They confirmed it in the way its risk asks for.</summary>
    /// <param name="Way">How: clicked, held, typed.</param>
    /// <param name="Reason">Why, in their words; null when none was asked for.</param>
    public sealed record Confirmed(string Way, string? Reason) : ExecutionEvent;

    /// <summary>It is held back for a moment in which it can be cancelled.</summary>
    /// <param name="Until">When it will be sent.</param>
    public sealed record HeldBack(DateTimeOffset Until) : ExecutionEvent;

    /// <summary>It was cancelled before it was sent.</summary>
    /// <param name="Reason">Why; null when none was given.</param>
    public sealed record Cancelled(string? Reason) : ExecutionEvent;

    /// <summary>A person wants a change that is made in steps to go no further; what was made stays.</summary>
    /// <param name="Reason">Why; null when none was given.</param>
    public sealed record StopAsked(string? Reason) : ExecutionEvent;

    /// <summary>A change that is made in steps goes no further: the next step may not, or cannot, be made.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Stopped(string Reason) : ExecutionEvent;

    /// <summary>It needs another person's approval.</summary>
    /// <param name="Until">When the request expires.</param>
    public sealed record ApprovalAsked(DateTimeOffset Until) : ExecutionEvent;

    /// <summary>What it would do, or what speaks against it, is no longer what was asked for: it must be approved again.</summary>
    /// <param name="Preview">What it would do now.</param>
    /// <param name="Until">When the new request expires.</param>
    /// <param name="Changed">What changed, as a sentence fragment.</param>
    public sealed record ApprovalAskedAgain(ActionPreview Preview, DateTimeOffset Until, string Changed) : ExecutionEvent;

    /// <summary>Another person approved.</summary>
    public sealed record Approved : ExecutionEvent;

    /// <summary>Another person said no.</summary>
    public sealed record ApprovalRefused(string Reason) : ExecutionEvent;

    /// <summary>Nobody answered in time.</summary>
    public sealed record ApprovalExpired : ExecutionEvent;

    /// <summary>An administrator went without a second person. Every approver is paged.</summary>
    public sealed record GlassBroken(string Reason) : ExecutionEvent;

    /// <summary>People were called, or could not be.</summary>
    /// <param name="About">What they were told.</param>
    /// <param name="Reached">Who was, by name; empty when nobody could be.</param>
    /// <param name="Failure">Why somebody was not; null when everybody was.</param>
    public sealed record Paged(string About, ImmutableArray<string> Reached, string? Failure) : ExecutionEvent;

    /// <summary>It is about to be sent. Stored before anything is sent: after a crash this says that it may have been.</summary>
    /// <param name="FencingToken">Number of the target lock; a later holder has a larger one.</param>
    public sealed record DispatchIntended(long FencingToken) : ExecutionEvent;

    /// <summary>The target took it.</summary>
    /// <param name="Evidence">What the target answered, in words.</param>
    public sealed record Accepted(string Evidence) : ExecutionEvent;

    /// <summary>It was not done: a guard at the last moment or the target itself said no.</summary>
    public sealed record Refused(string Reason) : ExecutionEvent;

    /// <summary>It was sent, or may have been, and nobody knows what became of it.</summary>
    public sealed record OutcomeUnknown(string Reason) : ExecutionEvent;

    /// <summary>The target was asked afterwards what became of it.</summary>
    /// <param name="Applied">True when the target holds the value that was set.</param>
    /// <param name="Evidence">What was found, in words.</param>
    public sealed record ReadBack(bool Applied, string Evidence) : ExecutionEvent;

    /// <summary>A person found out what became of it.</summary>
    /// <param name="Done">True when it was done.</param>
    /// <param name="Note">How they know.</param>
    public sealed record Resolved(bool Done, string Note) : ExecutionEvent;

    /// <summary>The action's own effect is seen.</summary>
    public sealed record EffectSeen(string Evidence) : ExecutionEvent;

    /// <summary>The action's own effect did not show in time.</summary>
    public sealed record EffectMissed(string Evidence) : ExecutionEvent;

    /// <summary>The figure that the action was expected to move is where the catalog expects it.</summary>
    public sealed record ExpectedSeen(Evidence Figure) : ExecutionEvent;

    /// <summary>The card's measured exit criteria hold.</summary>
    /// <param name="Figures">The criteria with their figures.</param>
    public sealed record Recovered(ImmutableArray<Evidence> Figures) : ExecutionEvent;

    /// <summary>The card's exit criteria did not come to hold in time.</summary>
    /// <param name="Figures">The criteria with their figures.</param>
    public sealed record NotRecovered(ImmutableArray<Evidence> Figures) : ExecutionEvent;

    /// <summary>The ledger of outcomes looked.</summary>
    public sealed record Observed(Outcome Outcome) : ExecutionEvent;

    /// <summary>The change stays longer.</summary>
    /// <param name="Until">When it is turned back now.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Itself">True when no person asked: turning back would have hurt.</param>
    public sealed record LeaseExtended(DateTimeOffset Until, string Reason, bool Itself) : ExecutionEvent;

    /// <summary>The change is about to be turned back, by an execution of its own.</summary>
    /// <param name="Execution">That execution's id.</param>
    /// <param name="Reason">Why now; null when the lease ran out.</param>
    public sealed record RevertBegun(string Execution, string? Reason) : ExecutionEvent;

    /// <summary>Turning back did not work; it is tried again.</summary>
    /// <param name="Reason">Why it did not.</param>
    /// <param name="RetryAt">When it is tried again.</param>
    public sealed record RevertFailed(string Reason, DateTimeOffset RetryAt) : ExecutionEvent;

    /// <summary>The change is no longer the cockpit's to turn back: it is turned back, or somebody else changed the target since.</summary>
    /// <param name="Reason">Which, as a sentence fragment.</param>
    public sealed record LeaseEnded(string Reason) : ExecutionEvent;
}
