using Cockpit.Api.Metrics;

namespace Cockpit.Api;

/// <summary>The cockpit's own metrics for Prometheus. Counts, times and names of sources and topics; nothing that anybody wrote or signed in with.</summary>
internal static class MetricsEndpoint
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static IServiceCollection AddCockpitMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<MetricsBook>().AddHostedService(provider => provider.GetRequiredService<MetricsBook>());
        services.AddSingleton<ProcessMetrics>().AddSingleton<StorageMetrics>().AddSingleton<ExecutionMetrics>();
        return services.AddCircuitMetrics();
    }

    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", (MetricsBook book) => Results.Text(TextExposition.Write(book.Read()), ContentType)).AllowAnonymous();
}
