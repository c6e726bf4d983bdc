using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Postgres;
using Cockpit.Connectors.Prometheus;
using Cockpit.Connectors.Redis;
using Cockpit.Security;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Observing;

namespace Cockpit.Hosting;

/// <summary>Real servers: each connector that the configuration names. What it does not name is shown as not configured.</summary>
internal static class LiveMode
{
    public static void Add(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddPrometheus(configuration, provider => provider.GetRequiredService<IReadOnlyList<SignalQuery>>());
        services.AddKubernetes(configuration).AddPostgres(configuration).AddRedis(configuration);
        services.AddSingleton<ISliSource>(provider => provider.GetService<PrometheusClient>() is { } client
            ? new PrometheusSli(client, provider.GetRequiredService<TimeProvider>())
            : new NoSli(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IIdentities, StoredIdentities>();
        services.AddHostedService<FirstAdministrator>();
        services.AddHostedService<OwnStorageCheck>();
    }
}
