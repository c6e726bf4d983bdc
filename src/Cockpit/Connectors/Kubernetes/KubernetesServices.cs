using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Connectors.Kubernetes.Config;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Targets;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Registers the connector when the configuration has a section for it, and nothing otherwise.</summary>
public static class KubernetesServices
{
    public static IServiceCollection AddKubernetes(this IServiceCollection services, IConfiguration configuration)
    {
        if (!KubernetesOptions.IsConfigured(configuration)) return services;

        var section = configuration.GetSection(KubernetesOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new KubernetesSettings(section, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IConfigureOptions<KubernetesOptions>>(provider => provider.GetRequiredService<KubernetesSettings>());
        services.AddSingleton<IValidateOptions<KubernetesOptions>>(provider => provider.GetRequiredService<KubernetesSettings>());
        services.AddOptions<KubernetesOptions>().ValidateOnStart();

        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<KubernetesOptions>>().Value;
            var clock = provider.GetRequiredService<TimeProvider>();
            return new KubeClient(new KubeTransport(KubeTarget.From(options, clock)), options.Timeout, clock);
        });
        services.AddSingleton<IDeployments, KubernetesDeployments>();
        services.AddSingleton<IClusterObjects, KubernetesObjects>();
        services.AddClusterTargets();
        services.AddSingleton<ISource<ClusterReading>>(provider => new ClusterSource(
            provider.GetRequiredService<KubeClient>(),
            provider.GetRequiredService<IOptions<KubernetesOptions>>().Value.Namespaces,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClusterSource>>()));
        return services;
    }
}
