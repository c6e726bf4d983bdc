using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Targets;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Redis;

public static class RedisRegistration
{
    /// <summary>Registers <see cref="ISource{T}"/> of <see cref="RedisReading"/> when the section is there; nothing when it is not.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetSection(RedisOptions.Section).GetChildren().Any()) return services;

        var settings = new RedisConfiguration(configuration);
        services.AddSingleton<IConfigureOptions<RedisOptions>>(settings);
        services.AddSingleton<IValidateOptions<RedisOptions>>(settings);
        services.AddOptions<RedisOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ISource<RedisReading>>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<RedisOptions>>().Value;
            var clock = provider.GetRequiredService<TimeProvider>();
            return options.Node is null ? new SentinelSource(options, clock) : new StandaloneRedisSource(options, clock);
        });
        services.AddSingleton(provider =>
            new SentinelFailover(provider.GetRequiredService<IOptions<RedisOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        // A single node has no Sentinel to ask.
        if (configuration.GetSection(RedisOptions.Section)["Node"] is { Length: > 0 }) return services;
        services.AddSingleton<IRedisGroup>(provider => new SentinelGroup(
            provider.GetRequiredService<ISource<RedisReading>>(), provider.GetRequiredService<SentinelFailover>(),
            provider.GetRequiredService<IOptions<RedisOptions>>().Value));
        return services.AddRedisTargets();
    }
}
