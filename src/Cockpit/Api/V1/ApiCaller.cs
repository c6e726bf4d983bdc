using System.Net.Http.Headers;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.Primitives;

namespace Cockpit.Api.V1;

/// <summary>
/// Finds out who calls: a token in the Authorization header, or the cookie of a person. A cookie goes wherever a browser goes, so with
/// one a change must come from a page of this site.
/// </summary>
internal sealed class ApiCaller(TokenBook tokens, SecurityOptions options) : IEndpointFilter
{
    private static readonly object Key = new();

    /// <summary>Who calls; set before an endpoint runs.</summary>
    public static Actor ActorOf(HttpContext context) => (Actor)context.Items[Key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var (actor, refusal) = await ResolveAsync(context);
            if (refusal is not null) return refusal;
            context.Items[Key] = actor;
            return await next(invocation);
        }
        catch (StorageUnavailableException unavailable)
        {
            return Problems.Problem("storage-down", StatusCodes.Status503ServiceUnavailable, unavailable.Message);
        }
    }

    private async Task<(Actor? Actor, IResult? Refusal)> ResolveAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (!StringValues.IsNullOrEmpty(header))
        {
            if (AuthenticationHeaderValue.TryParse(header.ToString(), out var given) && given is { Scheme: var scheme, Parameter: { } key }
                && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && tokens.WithKey(key)?.ToActor() is { } program)
                return (program, null);
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return (null, Problems.Problem("token-unknown", StatusCodes.Status401Unauthorized, "This token does not work: it is unknown or was revoked."));
        }

        var signedIn = context.User.Identity?.IsAuthenticated == true;
        if (signedIn && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !ComesFromHere(context.Request))
            return (null, Problems.Problem("cross-origin", StatusCodes.Status403Forbidden,
                "With a cookie a change must carry the Origin of this site. Programs use a token."));
        var actor = await context.RequestServices.GetRequiredService<CurrentActor>().ResolveAsync(context.User, context.RequestAborted);
        if (actor is not null && actor.May(Role.Viewer)) return (actor, null);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return (null, Problems.Problem("not-signed-in", StatusCodes.Status401Unauthorized, "Sign in, or send a token as “Authorization: Bearer …”."));
    }

    private bool ComesFromHere(HttpRequest request) =>
        !StringValues.IsNullOrEmpty(request.Headers.Origin) && OriginCheck.IsAllowed(request, options);
}
