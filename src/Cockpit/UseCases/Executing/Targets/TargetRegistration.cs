using Cockpit.UseCases.Executing.Checks;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>Registers what a connector makes possible: targets to act on and checks to ask.</summary>
public static class TargetRegistration
{
    /// <summary>Everything in a cluster; needs <see cref="IDeployments"/> and <see cref="IClusterObjects"/>.</summary>
    public static IServiceCollection AddClusterTargets(this IServiceCollection services) => services
        .AddSingleton<IActionTarget, ReplicaCounts>().AddSingleton<IActionTarget, ConfigValues>().AddSingleton<IActionTarget, PodTemplates>()
        .AddSingleton<IActionTarget, SinglePods>().AddSingleton<IActionTarget, ServiceSelectors>().AddSingleton<IActionTarget, AutoscalerMinimums>()
        .AddSingleton<ICheck, StickinessCheck>().AddSingleton<ICheck, LogCheck>();

    /// <summary>A Redis group; needs <see cref="IRedisGroup"/>.</summary>
    public static IServiceCollection AddRedisTargets(this IServiceCollection services) =>
        services.AddSingleton<IActionTarget, SentinelGroups>().AddSingleton<ICheck, MasterCheck>();

    /// <summary>Databases; needs <see cref="IDatabases"/>.</summary>
    public static IServiceCollection AddDatabaseTargets(this IServiceCollection services) => services
        .AddSingleton<IActionTarget, DatabaseSessions>().AddSingleton<IActionTarget, DatabaseUpkeep>().AddSingleton<ICheck, DatabaseCheck>();

    /// <summary>People; needs <see cref="IStakeholderNotice"/>.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services) => services.AddSingleton<IActionTarget, People>();
}
