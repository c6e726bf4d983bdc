using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cockpit.Estate;

/// <summary>Moves the simulation on with its clock, four times a real second.</summary>
public sealed partial class EstateHeart(EstateSimulation simulation, EstateClock clock, TimeProvider time, ILogger<EstateHeart> logger)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    // A beat that is this late means that the machine slept; the estate sleeps with it.
    private static readonly TimeSpan Slept = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        var last = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var missed = time.GetElapsedTime(last);
                last = time.GetTimestamp();
                if (missed > Slept)
                {
                    clock.ContinueFrom(simulation.Now);
                    LogSlept(missed);
                }

                simulation.AdvanceTo(clock.Now);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The simulated estate stood still for {Missed} and goes on from there")]
    private partial void LogSlept(TimeSpan missed);
}
