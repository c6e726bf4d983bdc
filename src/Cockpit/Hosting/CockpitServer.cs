using System.Threading.RateLimiting;
using Cockpit.Api;
using Cockpit.Api.V1;
using Cockpit.Catalog;
using Cockpit.Components;
using Cockpit.Components.Mobile;
using Cockpit.Hubs;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.Storage;
using Cockpit.UseCases.Answering;
using Cockpit.UseCases.Auditing;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Guiding;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Observing;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Cockpit.Hosting;

/// <summary>Composes the server. What it is made of depends on the mode; what it does with it never does.</summary>
public static class CockpitServer
{
    /// <summary>Open pages and hubs would otherwise hold a restart for half a minute.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(8);

    private const int AcknowledgementsPerMinute = 120;

    private static readonly PathString[] Machine = ["/hubs", "/_blazor", "/api", "/openapi", "/healthz", "/readyz", "/metrics"];

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddJsonFile(Path.Combine(Environment.CurrentDirectory, "cockpit.json"), optional: true);
        if (builder.Configuration["Config"] is { } extra) builder.Configuration.AddJsonFile(Path.GetFullPath(extra), optional: false);
        builder.Configuration.AddEnvironmentVariables("COCKPIT_").AddCommandLine(args);
        change?.Invoke(builder);

        var errors = new List<string>();
        var settings = CockpitSettings.Read(builder.Configuration, errors);
        var load = CatalogLoader.Load(settings.CatalogDirectory);
        errors.AddRange(load.Errors.Select(error => $"catalog: {error}"));
        AddServices(builder, settings, load.Catalog, errors);
        CrashPoint.Add(builder.Services, builder.Configuration, errors);
        var app = builder.Build();
        Validate(app.Services, errors);
        Configure(app, settings);
        return app;
    }

    /// <summary>Names everything that is wrong at once, so that nobody restarts five times to find five mistakes.</summary>
    private static void Validate(IServiceProvider services, List<string> errors)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException invalid)
        {
            errors.AddRange(invalid.Failures);
        }
        catch (AggregateException several)
        {
            errors.AddRange(several.Flatten().InnerExceptions.SelectMany(inner =>
                inner is OptionsValidationException invalid ? invalid.Failures : [inner.Message]));
        }
        catch (InvalidOperationException unconvertible)
        {
            // The framework's binder, at the first value that is not of its setting's type; the message names the key and the type.
            errors.Add(unconvertible.Message);
        }

        if (errors.Count > 0) throw new ConfigurationException(errors);
    }

    private static void AddServices(WebApplicationBuilder builder, CockpitSettings settings, PlatformCatalog catalog, List<string> errors)
    {
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(settings.Security).AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            options.DisconnectedCircuitMaxRetained = 100;
            options.PersistedCircuitInMemoryMaxRetained = 0;
        });
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.LoginPath = SignInEndpoints.Path;
            options.AccessDeniedPath = SignInEndpoints.Path;
            options.Cookie.Name = "cockpit";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
        });
        services.AddAuthorization();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInEndpoints.RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));
            options.AddPolicy(MobileEndpoints.RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = AcknowledgementsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        services.AddScoped<CurrentActor>().AddScoped<MobileReading>().AddScoped<MobileDesk>().AddScoped<MobileActions>().AddScoped<MobileExecutions>();
        services.AddHttpContextAccessor();
        services.AddSingleton(CardGuideFactory.Create(catalog)).AddSingleton(new RunbookShelf(catalog.Runbooks, catalog.RunbookIndex, catalog.Commands));
        services.AddSingleton(catalog).AddSingleton(PlatformModelFactory.Create(catalog)).AddSingleton(new CatalogVersion(catalog.Version));
        services.AddSingleton(new ChangeFreezes(catalog.Freezes));
        services.AddSingleton<IReadOnlyList<SignalQuery>>([.. catalog.Signals.Select(signal => new SignalQuery(signal.Id, signal.PromQl, signal.ByLabel))]);
        services.AddSingleton<ISnapshotInputs, SnapshotInputs>();
        services.AddSingleton<SourceStates>().AddSingleton<SnapshotFeed>().AddSingleton<LiveMetrics>().AddSingleton<PollMetrics>();
        services.AddCockpitMetrics();
        services.AddCockpitStorage(builder.Configuration);
        services.AddSingleton<ExecutionBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<ExecutionBook>());
        services.AddSingleton<AnswerBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<AnswerBook>());
        services.AddSingleton<LedgerReader>().AddHostedService(provider => provider.GetRequiredService<LedgerReader>());
        services.AddSingleton<AuditTrail>().AddSingleton<PreviewDesk>().AddSingleton<ActionTargets>().AddSingleton<ActionJudge>().AddSingleton<ActionDispatcher>();
        services.AddSingleton<PreviewActionHandler>().AddSingleton<ConfirmActionHandler>().AddSingleton<RunCheckHandler>().AddSingleton<InputChoicesHandler>().AddSingleton<AnswerQuestionHandler>();
        services.AddExecuting();
        services.AddApi(settings.ActionsPerMinute);
        services.AddObjectives(ObjectivePlanFactory.Create(catalog));
        services.AddIncidents(builder.Configuration, settings.Mode, errors);
        services.AddHostedService<PollerHost>().AddHostedService<Assessor>();
        services.AddLiveHub();
        if (settings.Mode == CockpitMode.Embedded) EmbeddedMode.Add(builder);
        else LiveMode.Add(builder);
    }

    private static void Configure(WebApplication app, CockpitSettings settings)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<OriginCheck>();
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.Use((context, next) =>
        {
            // Asked again as a page, a refused form would be refused once more and end as an error of ours, and a program refused by
            // the hub would be handed a page for people.
            if (!IsForPeople(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return next(context);
        });
        app.UseApiProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapMetrics();
        AlertmanagerEndpoint.Map(app);
        OnCallFeed.Map(app);
        app.MapLiveHub(settings.Security);
        app.MapApi();
        app.MapMobile(settings.Security);
        app.MapAcknowledgeLinks();
        app.MapSignIn(demo: settings.Mode == CockpitMode.Embedded);
        var pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // Compression costs every circuit some 200 KB of buffers, and with secrets and reflected input on one page it leaks.
            options.DisableWebSocketCompression = true;
            options.ContentSecurityFrameAncestorsPolicy = null;
        });
        if (!settings.Security.AnonymousViewers) pages.RequireAuthorization();
    }

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !Machine.Any(path => request.Path.StartsWithSegments(path));
}
