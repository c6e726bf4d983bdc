using Cockpit.Api;
using Cockpit.Connectors.Alertmanager;
using Cockpit.Connectors.Notifications;
using Cockpit.Security;
using Cockpit.UseCases.Escalating;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Targets;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Paging;
using Cockpit.UseCases.Recording;

namespace Cockpit.Hosting;

/// <summary>Registers incidents, escalation, on-call and notifications.</summary>
internal static class IncidentServices
{
    public static IServiceCollection AddIncidents(this IServiceCollection services, IConfiguration configuration, CockpitMode mode, ICollection<string> errors)
    {
        var alertmanager = AlertmanagerOptions.Read(configuration, errors);
        services.AddSingleton(alertmanager).AddSingleton(alertmanager.Watchdog);
        services.AddNotifications(configuration, errors);
        services.AddSingleton<IncidentBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<IncidentBook>());
        services.AddSingleton<OnCallBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<OnCallBook>());
        services.AddSingleton<WatchdogBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<WatchdogBook>());
        services.AddSingleton<IncidentSurroundings>().AddSingleton<IncidentBoard>().AddSingleton<IncidentDesk>().AddSingleton<OnCallDesk>();
        services.AddSingleton<IAcknowledgeLinks, AcknowledgeLinks>().AddSingleton<IPager, ChannelPager>();
        services.AddSingleton<AlertmanagerEndpoint>().AddSingleton<OnCallFeed>();
        AddWorker<AlertIntake>(services);
        AddWorker<EscalationSupervisor>(services);
        AddWorker<NotificationSupervisor>(services);
        AddWorker<AlertmanagerWatch>(services);
        AddWorker<Heartbeat>(services);
        if (mode == CockpitMode.Embedded) services.AddHostedService<SnapshotAlerts>();
        else if (services.Any(each => each.ServiceType == typeof(INotificationChannel))) services.AddSingleton<IStakeholderNotice, ChannelNotices>().AddNotices();
        return services;
    }

    private static void AddWorker<T>(IServiceCollection services) where T : BackgroundService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
