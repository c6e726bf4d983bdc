using Cockpit.Security;

namespace Cockpit.Hubs;

/// <summary>Lets go of viewers who may not look any more: a connection outlives the sign-in that opened it.</summary>
internal sealed partial class ViewerRevocation(
    LiveViewers viewers, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ViewerRevocation> logger) : BackgroundService
{
    internal static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var who = scope.ServiceProvider.GetRequiredService<CurrentActor>();
                await viewers.EndUnlessAsync(person => LiveHub.MayLookAsync(who, person, stoppingToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(logger, exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Viewers could not be checked; the next round tries again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
