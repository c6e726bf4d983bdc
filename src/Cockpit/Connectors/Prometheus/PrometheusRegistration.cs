using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Prometheus;

public static class PrometheusRegistration
{
    /// <summary>
    /// Registers <see cref="PrometheusClient"/> and <see cref="ISource{T}"/> of <see cref="MetricsReading"/> when the section is there;
    /// nothing when it is not.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The root; the section is <see cref="PrometheusOptions.Section"/>.</param>
    /// <param name="signals">What the source asks for.</param>
    public static IServiceCollection AddPrometheus(
        this IServiceCollection services, IConfiguration configuration, Func<IServiceProvider, IReadOnlyList<SignalQuery>> signals)
    {
        if (!configuration.GetSection(PrometheusOptions.Section).GetChildren().Any()) return services;

        var settings = new PrometheusConfiguration(configuration);
        services.AddSingleton<IConfigureOptions<PrometheusOptions>>(settings);
        services.AddSingleton<IValidateOptions<PrometheusOptions>>(settings);
        services.AddOptions<PrometheusOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Open(provider.GetRequiredService<IOptions<PrometheusOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISource<MetricsReading>>(provider =>
            new PrometheusMetrics(signals(provider), provider.GetRequiredService<PrometheusClient>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>A client as the options describe it.</summary>
    public static PrometheusClient Open(PrometheusOptions options, TimeProvider clock)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
        };
        if (options.CaFile is not null) handler.SslOptions.CertificateChainPolicy = CertificateAuthority.Trusting(options.CaFile);
        var http = new HttpClient(handler) { BaseAddress = options.Url, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = options switch
        {
            { BearerToken: { } token } => new AuthenticationHeaderValue("Bearer", token),
            { User: { } user } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}"))),
            _ => null,
        };
        return new PrometheusClient(http, options.Timeout, clock);
    }
}
