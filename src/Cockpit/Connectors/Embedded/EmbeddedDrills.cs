using Cockpit.Estate;
using Cockpit.UseCases.Drilling;

namespace Cockpit.Connectors.Embedded;

internal sealed class EmbeddedDrills(EmbeddedEstate estate) : IDrills
{
    public DrillsState Read()
    {
        // The clock locks itself and then the simulation: asking it from inside the simulation would lock the other way round, for ever.
        var speed = estate.Speed;
        return estate.Use(simulated => new DrillsState(
            [.. simulated.Faults.Select(fault => new Drill(fault.Name, fault.Summary, fault.InjectedAt))], speed, simulated.Now));
    }

    public bool Inject(string id)
    {
        if (EstateFaults.Find(id) is not { } fault) return false;
        estate.Use(simulated => simulated.Inject(fault));
        return true;
    }

    public bool Clear(string id)
    {
        if (EstateFaults.Find(id) is not { } fault) return false;
        estate.Use(simulated => simulated.Clear(fault));
        return true;
    }

    public void SetSpeed(double speed) => estate.SetSpeed(speed);
}
