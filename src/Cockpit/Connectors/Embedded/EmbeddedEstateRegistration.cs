using Cockpit.Domain.Health;
using Cockpit.Estate;
using Cockpit.UseCases.Drilling;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Targets;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Embedded;

/// <summary>Puts the simulated estate behind every port that real servers stand behind in live mode.</summary>
public static class EmbeddedEstateRegistration
{
    public static IServiceCollection AddEmbeddedEstate(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<EstateOptions>, EstateOptionsValidation>();
        services.AddOptions<EstateOptions>().Bind(configuration.GetSection(EstateOptions.Section)).ValidateOnStart();
        services.AddSingleton(provider => new EstateClock(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<EstateOptions>>().Value.Speed));
        services.AddSingleton(provider => Start(
            provider.GetRequiredService<IOptions<EstateOptions>>().Value, provider.GetRequiredService<EstateClock>()));
        services.AddSingleton<EmbeddedEstate>();
        services.AddHostedService<EstateHeart>();
        services.AddSingleton<ISource<MetricsReading>, EmbeddedMetrics>();
        services.AddSingleton<ISource<RedisReading>, EmbeddedRedis>();
        services.AddSingleton<ISource<ReplicationReading>, EmbeddedReplication>();
        services.AddSingleton<ISource<ClusterReading>, EmbeddedCluster>();
        services.AddSingleton<IDeployments, EmbeddedDeployments>();
        services.AddSingleton<IClusterObjects, EmbeddedObjects>().AddSingleton<IRedisGroup, EmbeddedRedisGroup>().AddSingleton<IDatabases, EmbeddedDatabases>();
        services.AddSingleton<EmbeddedNotices>().AddSingleton<IStakeholderNotice>(provider => provider.GetRequiredService<EmbeddedNotices>());
        services.AddClusterTargets().AddRedisTargets().AddDatabaseTargets().AddNotices();
        services.AddSingleton<IDrills, EmbeddedDrills>();
        services.AddSingleton<ISliSource, EmbeddedSli>();
        services.AddSingleton<ISimulatedPast>(provider => new ImaginedPast(provider.GetRequiredService<IOptions<EstateOptions>>().Value.Seed));
        return services;
    }

    private static EstateSimulation Start(EstateOptions options, EstateClock clock)
    {
        var simulation = new EstateSimulation(options.Seed, clock.Now);
        foreach (var name in options.Faults)
        {
            if (EstateFaults.Find(name) is { } fault) simulation.With(estate => estate.Inject(fault));
        }

        return simulation;
    }
}
