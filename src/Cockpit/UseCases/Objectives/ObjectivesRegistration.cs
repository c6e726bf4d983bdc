using Cockpit.UseCases.Maintaining;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Objectives;

/// <summary>Registers objectives, alerts and planned maintenance.</summary>
public static class ObjectivesRegistration
{
    /// <summary>
    /// Adds <see cref="ObjectivesBoard"/>, <see cref="IObjectiveHistory"/>, <see cref="MaintenanceBook"/> and the sampling loop. Needs an
    /// <see cref="ISliSource"/> and an <see cref="ISliArchive"/>.
    /// </summary>
    public static IServiceCollection AddObjectives(this IServiceCollection services, ObjectivePlan plan)
    {
        services.AddSingleton(plan);
        services.AddSingleton<MaintenanceBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<MaintenanceBook>());
        services.AddSingleton<DeclareMaintenanceHandler>();
        services.AddSingleton<ObjectivesBoard>().AddSingleton<IObjectiveHistory>(provider => provider.GetRequiredService<ObjectivesBoard>());
        services.AddSingleton<PastFetcher>().AddSingleton<PastKeeper>();
        services.AddHostedService<ObjectivesKeeper>();
        return services;
    }
}
