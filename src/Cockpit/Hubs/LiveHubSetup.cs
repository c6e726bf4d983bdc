using Cockpit.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Cockpit.Hubs;

/// <summary>Registers and maps the live hub.</summary>
internal static class LiveHubSetup
{
    public const string Path = "/hubs/live";

    private const int LargestCall = 1024;

    public static IServiceCollection AddLiveHub(this IServiceCollection services)
    {
        services.AddSingleton<HubMetrics>().AddSingleton<LiveBoard>().AddSingleton<LiveViewers>().AddSingleton<InvocationLimit>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(provider => provider.GetRequiredService<LiveViewers>());
        services.AddHostedService<LiveBroadcast>().AddHostedService<ViewerRevocation>();
        services.AddSignalR().AddHubOptions<LiveHub>(options =>
        {
            options.SupportedProtocols = ["json"];
            options.MaximumReceiveMessageSize = LargestCall;
            options.MaximumParallelInvocationsPerClient = 1;
            options.StreamBufferCapacity = 1;
            options.EnableDetailedErrors = false;
            options.AddFilter<InvocationLimit>();
        });
        // A program that is not signed in is told so; only people are led to the sign-in page.
        services.PostConfigure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, cookies =>
        {
            var leadToSignIn = cookies.Events.OnRedirectToLogin;
            cookies.Events.OnRedirectToLogin = context =>
            {
                if (!context.Request.Path.StartsWithSegments(Path)) return leadToSignIn(context);
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            };
        });
        return services;
    }

    public static void MapLiveHub(this IEndpointRouteBuilder app, SecurityOptions security)
    {
        var hub = app.MapHub<LiveHub>(Path, options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.ApplicationMaxBufferSize = 4 * LargestCall;
            options.CloseOnAuthenticationExpiration = true;
        });
        if (security.AnonymousViewers) hub.AllowAnonymous();
        else hub.RequireAuthorization();
    }
}
