using Cockpit.Domain.Health;
using Cockpit.Estate;

namespace Cockpit.Connectors.Embedded;

/// <summary>The simulation brought up to the present before anyone looks at it.</summary>
internal sealed class EmbeddedEstate(EstateSimulation simulation, EstateClock clock, TimeProvider time)
{
    public const string SourceName = "Simulated estate";

    public double Speed => clock.Speed;

    public DateTimeOffset Now => clock.Now;

    public void SetSpeed(double speed) => clock.SetSpeed(speed);

    public T Use<T>(Func<SimulatedEstate, T> use)
    {
        clock.Drive(simulation);
        return simulation.With(use);
    }

    public void Use(Action<SimulatedEstate> use)
    {
        clock.Drive(simulation);
        simulation.With(use);
    }

    public Observation<T> Observe<T>(Func<SimulatedEstate, T> read) => new(Use(read), time.GetUtcNow(), SourceName);
}
