using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Postgres;
using Cockpit.Connectors.Prometheus;
using Cockpit.Connectors.Redis;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cockpit.Hosting;

/// <summary>Real servers: each connector that the configuration names. What it does not name is shown as not configured.</summary>
internal static class LiveMode
{
    public static void Add(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddPrometheus(configuration, provider => provider.GetRequiredService<IReadOnlyList<SignalQuery>>());
        services.AddKubernetes(configuration).AddPostgres(configuration).AddRedis(configuration);
        services.TryAddSingleton<IDeployments, NoCluster>();
        services.AddSingleton<ISliSource>(provider => provider.GetService<PrometheusClient>() is { } client
            ? new PrometheusSli(client, provider.GetRequiredService<TimeProvider>())
            : new NoSli(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IIdentities, StoredIdentities>();
        services.AddHostedService<FirstAdministrator>();
        services.AddHostedService<OwnStorageCheck>();
    }

    /// <summary>Stands in where no cluster is configured: everything is refused, and says so.</summary>
    private sealed class NoCluster : IDeployments
    {
        private static readonly Task<ClusterAnswer> Nothing =
            Task.FromResult<ClusterAnswer>(new ClusterAnswer.Unreachable("no Kubernetes cluster is configured"));

        public Task<ClusterAnswer> ReadAsync(DeploymentRef target, CancellationToken cancellationToken) => Nothing;

        public Task<ClusterAnswer> DryRunScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) => Nothing;

        public Task<ClusterAnswer> ScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) => Nothing;
    }
}
