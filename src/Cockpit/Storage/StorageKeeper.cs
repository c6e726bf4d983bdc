using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>
/// Prepares storage at start and then writes a probe regularly, so that pages learn of an outage and of its end. A schema that must not be
/// worked with stops the start; a database that is away does not: dashboards go on and actions are refused.
/// </summary>
internal sealed class StorageKeeper(StorageDatabase database, TimeProvider time) : BackgroundService
{
    internal static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(database.PrepareAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ProbeEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(database.ProbeAsync, stoppingToken);
    }

    private static async Task TryAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken)
    {
        try
        {
            await attempt(cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // The storage's health already shows and logs it; the next tick tries again.
        }
    }
}
