using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Targets;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Postgres;

public static class PostgresRegistration
{
    /// <summary>
    /// Registers <see cref="PostgresReplicationSource"/>, also as <see cref="ISource{T}"/> of <see cref="ReplicationReading"/>, when the
    /// section is there; nothing when it is not.
    /// </summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetSection(PostgresOptions.Section).GetChildren().Any()) return services;

        var settings = new PostgresConfiguration(configuration);
        services.AddSingleton<IConfigureOptions<PostgresOptions>>(settings);
        services.AddSingleton<IValidateOptions<PostgresOptions>>(settings);
        services.AddOptions<PostgresOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            new PostgresReplicationSource(provider.GetRequiredService<IOptions<PostgresOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISource<ReplicationReading>>(provider => provider.GetRequiredService<PostgresReplicationSource>());
        services.AddSingleton<IDatabases>(provider =>
            new PostgresDatabases(provider.GetRequiredService<IOptions<PostgresOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        return services.AddDatabaseTargets();
    }
}
