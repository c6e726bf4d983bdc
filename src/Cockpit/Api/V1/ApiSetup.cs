using System.Net.Http.Headers;
using System.Threading.RateLimiting;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.SigningIn;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace Cockpit.Api.V1;

/// <summary>Registers and maps <c>/api/v1</c> and its description.</summary>
internal static class ApiSetup
{
    public const string Prefix = "/api/v1";
    public const string ActionLimit = "actions";
    private const string Document = "v1";

    public static IServiceCollection AddApi(this IServiceCollection services, int actionsPerMinute)
    {
        services.AddSingleton<ApiCaller>().AddSingleton<IdempotencyKeys>();
        services.AddSingleton(provider => new PressLimit(actionsPerMinute, provider.GetRequiredService<TimeProvider>()));
        services.Configure<RateLimiterOptions>(options => options.AddPolicy(ActionLimit, context => IsKnown(context)
            ? RateLimitPartition.GetNoLimiter("known")
            : RateLimitPartition.GetFixedWindowLimiter($"address {context.Connection.RemoteIpAddress}",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = actionsPerMinute, Window = TimeSpan.FromMinutes(1) })));
        return services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Cockpit",
                    Version = Document,
                    Description = "Cards, previews, executions, approvals and leases. Every refusal is problem+json with a type that stays and the sentence that the screen shows.",
                };
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "./run token create NAME --roles viewer,responder" },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Prefix).AddEndpointFilter<ApiCaller>().AllowAnonymous().DisableAntiforgery();
        CardEndpoints.Map(api);
        ExecutionEndpoints.Map(api);
        AuditEndpoint.Map(api);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    /// <summary>Whatever fails before an endpoint runs (a route, a method, a body, the rate limit) is told in the same form as everything else.</summary>
    public static void UseApiProblems(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Prefix),
        branch => branch.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
            {
                context.Response.StatusCode = unreadable.StatusCode;
            }

            var (response, status) = (context.Response, context.Response.StatusCode);
            if (status < StatusCodes.Status400BadRequest || response.HasStarted || response.ContentType is not null) return;
            await Problems.Problem($"http-{status}", status, SentenceOf(status)).ExecuteAsync(context);
        }));

    private static string SentenceOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The body is no JSON of the expected form; /openapi/v1.json describes it.",
        StatusCodes.Status404NotFound => "There is no such path; /openapi/v1.json lists them.",
        StatusCodes.Status405MethodNotAllowed => "This path does not know that method; /openapi/v1.json lists them.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "Send application/json.",
        StatusCodes.Status429TooManyRequests => "Too many actions in a minute. Wait a moment.",
        _ => "The request was not answered.",
    };

    /// <summary>Whoever is known has a limit of their own, the same on every way in; strangers have one for each address.</summary>
    private static bool IsKnown(HttpContext context) => context.Request.Headers.Authorization is [{ Length: > 0 } header]
        ? AuthenticationHeaderValue.TryParse(header, out var given) && given.Parameter is { } key
            && context.RequestServices.GetRequiredService<TokenBook>().WithKey(key) is not null
        : context.User.Identity?.IsAuthenticated == true;
}
