using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cockpit.Estate;

/// <summary>Moves the simulation on with its clock, four times a real second.</summary>
public sealed partial class EstateHeart(EstateSimulation simulation, EstateClock clock, TimeProvider time, ILogger<EstateHeart> logger)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (!clock.Drive(simulation)) LogSlept(simulation.Now);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The simulated estate stood still and goes on from {At}")]
    private partial void LogSlept(DateTimeOffset at);
}
