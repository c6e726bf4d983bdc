namespace Cockpit.Domain.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertPhase
{
    /// <summary>Its condition does not hold.</summary>
    Inactive,

    /// <summary>Its condition holds, but not yet for long enough.</summary>
    Pending,

    /// <summary>It fires.</summary>
    Firing,

    /// <summary>It fired and ended a short while ago.</summary>
    Resolved,
}

/// <summary>The course of one alert: pending, firing, resolved.</summary>
/// <remarks>
/// As in Prometheus: it becomes pending when its condition first holds, fires once it has held for the whole of <c>for</c> (zero fires at
/// once; exactly that long is
/// enough), and while pending one evaluation without it ends it. A firing one whose condition ends goes on for <c>keep_firing_for</c>,
/// then is resolved, and
/// is forgotten 15 minutes later. An unknown condition changes nothing: missing data neither starts, matures nor ends an alert.
/// </remarks>
/// <param name="Phase">Where it stands.</param>
/// <param name="ActiveSince">When its condition began to hold; null while inactive.</param>
/// <param name="FiringSince">When it began to fire; null before.</param>
/// <param name="EndedSince">When its condition last ended while firing; null while it holds.</param>
/// <param name="ResolvedAt">When it was resolved; null before.</param>
public sealed record AlertProgress(
    AlertPhase Phase, DateTimeOffset? ActiveSince, DateTimeOffset? FiringSince, DateTimeOffset? EndedSince, DateTimeOffset? ResolvedAt)
{
    /// <summary>How long a resolved alert is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    /// <summary>Not active.</summary>
    public static readonly AlertProgress Inactive = new(AlertPhase.Inactive, null, null, null, null);

    /// <summary>True while it fires although its condition has ended.</summary>
    public bool IsKeptFiring => Phase == AlertPhase.Firing && EndedSince is not null;

    /// <summary>Where it stands after one more evaluation.</summary>
    /// <param name="holds">Whether the condition holds; null when that cannot be told.</param>
    /// <param name="holdFor">How long it must hold before it fires.</param>
    /// <param name="keepFiringFor">How long it fires on after it ended.</param>
    /// <param name="now">The time of the evaluation.</param>
    public AlertProgress Next(bool? holds, TimeSpan holdFor, TimeSpan keepFiringFor, DateTimeOffset now) => (Phase, holds) switch
    {
        (AlertPhase.Resolved, not true) => now - ResolvedAt >= Remembered ? Inactive : this,
        (_, null) => this,
        (AlertPhase.Inactive or AlertPhase.Resolved, true) => Mature(new AlertProgress(AlertPhase.Pending, now, null, null, null), holdFor, now),
        (AlertPhase.Pending, true) => Mature(this, holdFor, now),
        (AlertPhase.Firing, true) => this with { EndedSince = null },
        (AlertPhase.Firing, false) => End(keepFiringFor, now),
        _ => Inactive,
    };

    private static AlertProgress Mature(AlertProgress pending, TimeSpan holdFor, DateTimeOffset now) =>
        now - pending.ActiveSince >= holdFor ? pending with { Phase = AlertPhase.Firing, FiringSince = now } : pending;

    private AlertProgress End(TimeSpan keepFiringFor, DateTimeOffset now)
    {
        var ended = EndedSince ?? now;
        return now - ended >= keepFiringFor
            ? this with { Phase = AlertPhase.Resolved, EndedSince = ended, ResolvedAt = now }
            : this with { EndedSince = ended };
    }
}
