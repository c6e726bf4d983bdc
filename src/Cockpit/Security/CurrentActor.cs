using System.Security.Claims;
using Cockpit.Domain.Executions;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Cockpit.Security;

/// <summary>Turns a signed-in principal into an actor with the roles of this moment, and back.</summary>
public sealed class CurrentActor(IIdentities identities, SecurityOptions options)
{
    /// <summary>Who acts: a known person, or a guest who may look if looking is open, or nobody.</summary>
    public async Task<Actor?> ResolveAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id)
            return await identities.FindAsync(id, cancellationToken);
        return options.AnonymousViewers ? Actor.Anonymous : null;
    }

    public static ClaimsPrincipal PrincipalOf(Actor actor) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, actor.Id), new Claim(ClaimTypes.Name, actor.Name)],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
