using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.SigningIn;

/// <summary>Finds people and tokens by id with the roles of this moment.</summary>
public interface IActors
{
    /// <summary>The actor of that id; null when unknown, disabled or revoked.</summary>
    /// <exception cref="Recording.StorageUnavailableException">Nobody can be looked up.</exception>
    Task<Actor?> FindAsync(string id, CancellationToken cancellationToken);
}
