namespace Cockpit.UseCases.Recording;

/// <summary>Chooses the one instance that runs timers.</summary>
/// <remarks>
/// Between the moment the storage lets go of a term and the moment its holder notices, two instances may believe they lead. What a leader
/// records must therefore carry an expected version or an idempotency key.
/// </remarks>
public interface ILeadership
{
    /// <summary>True while this instance holds a term, as far as it knows.</summary>
    bool IsLeader { get; }

    /// <summary>Waits until this instance leads, through outages and other leaders.</summary>
    Task<ILeadershipTerm> AcquireAsync(CancellationToken cancellationToken);
}

/// <summary>A time of leading. Disposing it lets another instance lead.</summary>
public interface ILeadershipTerm : IAsyncDisposable
{
    /// <summary>Cancelled when the term ends for any reason.</summary>
    CancellationToken Lost { get; }
}
