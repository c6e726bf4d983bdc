using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Cockpit.Connectors.Alertmanager;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.Recording;

namespace Cockpit.Api;

/// <summary>
/// Where Alertmanager posts. It repeats what is answered with 5xx and drops what is answered with 4xx, so 4xx is only for what a repetition
/// cannot mend; 200 means stored.
/// </summary>
internal sealed partial class AlertmanagerEndpoint(
    AlertmanagerOptions options, AlertIntake intake, AlertmanagerWatch watch, TimeProvider clock, ILogger<AlertmanagerEndpoint> logger) : IDisposable
{
    public const string Path = "/api/v1/alertmanager";

    private const int StrangersPerMinute = 60;
    private const int DeliveriesAtOnce = 8;
    private const int DeliveriesWaiting = 4_000;

    private readonly PartitionedRateLimiter<string> _strangers = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = StrangersPerMinute, Window = TimeSpan.FromMinutes(1) }));

    private readonly ConcurrencyLimiter _bodies = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = DeliveriesAtOnce,
        QueueLimit = DeliveriesWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(Path, (HttpContext context, AlertmanagerEndpoint endpoint) => endpoint.TakeAsync(context)).AllowAnonymous().DisableAntiforgery();

    public void Dispose()
    {
        _strangers.Dispose();
        _bodies.Dispose();
    }

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        if (!IsKnown(context.Request.Headers.Authorization.ToString())) return Refuse(context);
        AlertBatch batch;
        int? refusal;
        using (var lease = await _bodies.AcquireAsync(1, context.RequestAborted))
        {
            if (!lease.IsAcquired) return Again(context, "Too many deliveries wait already.");
            (batch, refusal) = await ReadAsync(context) switch
            {
                null => (WebhookReader.TooLarge(options.MaxBytes), StatusCodes.Status413PayloadTooLarge),
                { } body when WebhookReader.Read(body) is { } read => (read, (int?)null),
                { } body => (WebhookReader.Unreadable(body.Length), StatusCodes.Status400BadRequest),
            };
        }

        try
        {
            var rest = await watch.SeenAsync(batch, context.RequestAborted);
            if (rest.Alerts.Length > 0) await intake.TakeAsync(rest, context.RequestAborted);
        }
        catch (StorageUnavailableException unavailable)
        {
            NotStored(logger, unavailable, batch.Alerts.Length);
            return Again(context, "The alerts could not be stored.");
        }

        return refusal is { } status
            ? Results.Problem("This cannot be read as a webhook of version 4. An incident that says so is open.", statusCode: status)
            : Results.Ok(new { alerts = batch.Alerts.Length });
    }

    private IResult Refuse(HttpContext context)
    {
        using var lease = _strangers.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!lease.IsAcquired) return Results.Problem("Too many attempts.", statusCode: StatusCodes.Status429TooManyRequests);
        Forged(logger, options.IsOpen ? "wrong or missing credentials" : "no credentials are configured (Alertmanager:Token)");
        context.Response.Headers.WWWAuthenticate = options.User is null ? "Bearer" : "Bearer, Basic realm=\"cockpit\"";
        return Results.Problem("The credentials are wrong or missing.", statusCode: StatusCodes.Status401Unauthorized);
    }

    private static IResult Again(HttpContext context, string why)
    {
        context.Response.Headers.RetryAfter = "5";
        return Results.Problem(why, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Both ways are always compared, and by hashes, so that time tells nothing.</summary>
    private bool IsKnown(string authorization)
    {
        var byToken = Same(authorization, options.Token is null ? null : $"Bearer {options.Token}");
        var byName = Same(authorization, options.User is null ? null
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
        return byToken | byName;
    }

    private static bool Same(string given, string? wanted)
    {
        var same = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted ?? "")));
        return same & wanted is not null;
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > options.MaxBytes)
        {
            TooLarge(logger, context.Request.ContentLength.Value.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.MaxBytes + 1L;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, patience.Token);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(context.Request.ContentLength ?? 4096, 4096, options.MaxBytes));
        while (true)
        {
            var count = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), bounded.Token);
            if (count == 0) return buffer.WrittenMemory;
            buffer.Advance(count);
            if (buffer.WrittenCount <= options.MaxBytes) continue;
            TooLarge(logger, "more than it said");
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A delivery of alerts was refused: {Why}")]
    private static partial void Forged(ILogger logger, string why);

    [LoggerMessage(2, LogLevel.Error, "{Count} alerts could not be stored; Alertmanager is asked to send them again")]
    private static partial void NotStored(ILogger logger, Exception exception, int count);

    [LoggerMessage(3, LogLevel.Error, "A delivery of alerts is larger than Alertmanager:MaxBytes: {Bytes} bytes")]
    private static partial void TooLarge(ILogger logger, string bytes);
}
