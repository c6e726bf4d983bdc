using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Storage;

/// <summary>Registers storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IEventStore"/>, <see cref="IStorageHealth"/>, <see cref="ILeadership"/>, <see cref="IUserStore"/>, anchoring and
    /// data-protection keys, all on the database that the section <c>Storage</c> names.
    /// </summary>
    public static IServiceCollection AddCockpitStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageHealth>();
        services.AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<StorageHealth>());
        services.AddSingleton<StorageDatabase>(CreateDatabase);
        services.AddSingleton<IEventStore, SqlEventStore>();
        services.AddSingleton<IUserStore, UserStore>();
        services.AddSingleton<ISliArchive, SqlSliArchive>();
        services.AddSingleton<ILeadership>(provider => provider.GetRequiredService<StorageDatabase>() is PostgresDatabase postgres
            ? new SharedLeadership(ActivatorUtilities.CreateInstance<PostgresLeadership>(provider, postgres))
            : new SoleLeadership());
        services.AddSingleton<IAnchorSink, LogAnchorSink>();
        services.AddSingleton<IAnchorSink>(provider =>
            new FileAnchorSink(provider.GetRequiredService<IOptions<StorageOptions>>().Value.EffectiveAnchorFile));
        services.AddSingleton<IAnchorArchive, AnchorFileArchive>();
        services.AddHostedService<StorageKeeper>();
        services.AddHostedService<PostgresLedgerListener>();
        services.AddHostedService<LedgerAnchoring>();
        services.AddDataProtection().SetApplicationName("cockpit");
        services.AddSingleton<StoredXmlRepository>();
        services.AddOptions<KeyManagementOptions>().Configure<StoredXmlRepository>((keys, repository) => keys.XmlRepository = repository);
        return services;
    }

    private static StorageDatabase CreateDatabase(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var health = provider.GetRequiredService<StorageHealth>();
        var time = provider.GetRequiredService<TimeProvider>();
        return options.Kind == StorageOptions.Postgres
            ? new PostgresDatabase(options.ConnectionString!, health, time)
            : new SqliteDatabase(options.DataDirectory, options.CreateIfMissing, health, time);
    }
}
