using Cockpit.Domain.Executions;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.Security;

/// <summary>People from wherever they are kept, and tokens.</summary>
internal sealed class KnownActors(IIdentities identities, TokenBook tokens) : IActors
{
    public Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) => ApiToken.IdIn(id) is { } token
        ? Task.FromResult(tokens.Find(token)?.ToActor())
        : identities.FindAsync(id, cancellationToken);
}
