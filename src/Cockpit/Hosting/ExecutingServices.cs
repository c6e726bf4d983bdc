using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Paging;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cockpit.Hosting;

/// <summary>Registers what runs, approves, follows and turns back actions.</summary>
internal static class ExecutingServices
{
    public static IServiceCollection AddExecuting(this IServiceCollection services)
    {
        services.AddSingleton<OutcomeBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<OutcomeBook>());
        services.AddSingleton<TokenBook>().AddSingleton<ILedgerView>(provider => provider.GetRequiredService<TokenBook>());
        services.AddSingleton<IActors, KnownActors>().AddSingleton<TokenHandler>();
        services.AddSingleton<ExecutionRecord>().AddSingleton<ActionSender>().AddSingleton<OutcomeWatch>();
        services.AddSingleton<ApprovalHandler>().AddSingleton<CancelExecutionHandler>().AddSingleton<ResolveExecutionHandler>();
        services.AddSingleton<LeaseKeeper>().AddSingleton<LeaseHandler>().AddSingleton<ExecutionFollower>().AddSingleton<StepFollower>().AddSingleton<ApproverPages>();
        services.TryAddSingleton<IPager, NoPager>();
        return services.AddHostedService<ExecutionSupervisor>();
    }
}
