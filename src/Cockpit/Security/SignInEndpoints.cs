using Cockpit.Domain.Executions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Cockpit.Security;

/// <summary>The forms of the sign-in page post here. Each carries an antiforgery token and is rate limited.</summary>
internal static partial class SignInEndpoints
{
    public const string Path = "/sign-in";
    public const string RateLimit = "sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder app, bool demo)
    {
        var group = app.MapGroup("").RequireRateLimiting(RateLimit).AllowAnonymous();
        group.MapPost(Path, SignInAsync);
        group.MapPost("/sign-out", SignOutAsync);
        if (demo) group.MapPost(Path + "/demo", SignInAsDemoAsync);
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl,
        HttpContext context, IIdentities identities, ILogger<SignInLog> logger)
    {
        var actor = name is null || password is null ? null : await identities.CheckPasswordAsync(name, password, context.RequestAborted);
        if (actor is not null) return await EnterAsync(context, actor, returnUrl, logger);
        RefusedSignIn(logger);
        return Results.LocalRedirect($"{Path}?refused=1&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
    }

    private static async Task<IResult> SignInAsDemoAsync(
        [FromForm] string? identity, [FromForm] string? returnUrl, HttpContext context, IIdentities identities, ILogger<SignInLog> logger)
    {
        var actor = DemoIdentities.All.Any(person => person.Id == identity) ? await identities.FindAsync(identity!, context.RequestAborted) : null;
        return actor is null ? Results.LocalRedirect($"{Path}?refused=1") : await EnterAsync(context, actor, returnUrl, logger);
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect(Local(returnUrl));
    }

    private static async Task<IResult> EnterAsync(HttpContext context, Actor actor, string? returnUrl, ILogger logger)
    {
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, CurrentActor.PrincipalOf(actor),
            new AuthenticationProperties { IsPersistent = true });
        SignedIn(logger, actor.Id);
        return Results.LocalRedirect(Local(returnUrl));
    }

    /// <summary>Only a path of this site, as a header can carry it: anything else, also <c>//host</c> and <c>/\host</c>, leads home.</summary>
    internal static string Local(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && url.All(character => character is > ' ' and <= '~') ? url : "/";

    internal sealed class SignInLog;

    [LoggerMessage(1, LogLevel.Information, "{Actor} signed in")]
    private static partial void SignedIn(ILogger logger, string actor);

    [LoggerMessage(2, LogLevel.Warning, "A sign-in was refused")]
    private static partial void RefusedSignIn(ILogger logger);
}
