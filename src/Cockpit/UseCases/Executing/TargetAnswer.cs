using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>What a target answered: what was asked for, or why not.</summary>
public abstract record TargetAnswer<T>
{
    private TargetAnswer() { }

    /// <summary>It did as asked.</summary>
    public sealed record Done(T Value) : TargetAnswer<T>;

    /// <summary>It did not, or nobody knows.</summary>
    public sealed record Failed(TargetFailure Why) : TargetAnswer<T>;

    /// <summary>The same with another value.</summary>
    public TargetAnswer<TOther> Select<TOther>(Func<T, TOther> change) => this switch
    {
        Done done => new TargetAnswer<TOther>.Done(change(done.Value)),
        Failed failed => new TargetAnswer<TOther>.Failed(failed.Why),
        _ => throw new InvalidOperationException("An answer is either done or failed."),
    };
}

/// <summary>Why a target did not do as asked.</summary>
/// <param name="Message">The target's own words.</param>
public abstract record TargetFailure(string Message)
{
    /// <summary>There is no such object.</summary>
    public sealed record NotFound(string Message) : TargetFailure(Message);

    /// <summary>Credentials are missing, wrong or expired.</summary>
    public sealed record Unauthenticated(string Message) : TargetFailure(Message);

    /// <summary>The credentials may not do this.</summary>
    public sealed record Forbidden(string Message) : TargetFailure(Message);

    /// <summary>The target is no longer the one that was read: another identity or version. Nothing was changed.</summary>
    public sealed record Conflict(string Message) : TargetFailure(Message);

    /// <summary>Admission, validation or the target itself refused the change. Nothing was changed.</summary>
    public sealed record Invalid(string Message) : TargetFailure(Message);

    /// <summary>The target asks to come back later. Nothing was changed.</summary>
    public sealed record Throttled(string Message, TimeSpan? RetryAfter) : TargetFailure(Message);

    /// <summary>No usable answer: unreachable, hung up or malformed. A change may or may not have happened.</summary>
    public sealed record Unreachable(string Message) : TargetFailure(Message);

    /// <summary>Its sentence fragment for a tired person.</summary>
    public string Words => this switch
    {
        NotFound => $"there is no such object ({Message})",
        Unauthenticated => $"the cluster does not know the cockpit's credentials ({Message})",
        Forbidden => $"the cockpit's account may not do this ({Message})",
        Conflict => $"somebody changed it in this very moment ({Message})",
        Throttled { RetryAfter: { } pause } => $"the cluster asks to come back in {FigureText.Duration(pause)}",
        Throttled => "the cluster asks to come back later",
        _ => Message,
    };
}
