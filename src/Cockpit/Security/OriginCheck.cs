using Microsoft.Extensions.Primitives;

namespace Cockpit.Security;

/// <summary>
/// Refuses browsers of other origins on the hubs. WebSockets are not bound by the same-origin policy: without this, any page a
/// signed-in person visits could open a circuit in their name. Clients that are no browsers send no Origin and pass.
/// </summary>
internal sealed partial class OriginCheck(RequestDelegate next, SecurityOptions options, ILogger<OriginCheck> logger)
{
    private static readonly PathString[] Guarded = ["/_blazor", "/hubs"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!Guarded.Any(path => context.Request.Path.StartsWithSegments(path)) || IsAllowed(context.Request, options)) return next(context);
        Refused(logger, context.Request.Path);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>True when the request names no origin, this site's own, or one that is allowed.</summary>
    internal static bool IsAllowed(HttpRequest request, SecurityOptions options)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Origin)) return true;
        var origin = request.Headers.Origin.ToString();
        return string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    [LoggerMessage(1, LogLevel.Warning, "Refused a connection to {Path} from another origin")]
    private static partial void Refused(ILogger logger, string path);
}
