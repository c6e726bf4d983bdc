using System.Collections.Immutable;

namespace Cockpit.Domain.Executions;

/// <summary>A fact about an execution. The stream of them is the execution; nothing else is stored.</summary>
public abstract record ExecutionEvent
{
    private ExecutionEvent() { }

    /// <summary>Somebody asked for what a preview showed.</summary>
    public sealed record Requested(ActionPreview Preview) : ExecutionEvent;

    /// <summary>They confirmed it in the way its risk asks for.</summary>
    /// <param name="Way">How: clicked, held, typed.</param>
    /// <param name="Reason">Why, in their words; null when none was asked for.</param>
    public sealed record Confirmed(string Way, string? Reason) : ExecutionEvent;

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

    /// <summary>The action's own effect is seen.</summary>
    public sealed record EffectSeen(string Evidence) : ExecutionEvent;

    /// <summary>The action's own effect did not show in time.</summary>
    public sealed record EffectMissed(string Evidence) : ExecutionEvent;

    /// <summary>The card's measured exit criteria hold.</summary>
    /// <param name="Figures">The criteria with their figures.</param>
    public sealed record Recovered(ImmutableArray<Evidence> Figures) : ExecutionEvent;

    /// <summary>The card's exit criteria did not come to hold in time.</summary>
    /// <param name="Figures">The criteria with their figures.</param>
    public sealed record NotRecovered(ImmutableArray<Evidence> Figures) : ExecutionEvent;
}
