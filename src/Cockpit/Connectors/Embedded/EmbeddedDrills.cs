using Cockpit.Estate;
using Cockpit.UseCases.Drilling;

namespace Cockpit.Connectors.Embedded;

internal sealed class EmbeddedDrills(EmbeddedEstate estate) : IDrills
{
    public DrillsState Read() => estate.Use(simulated => new DrillsState(
        [.. simulated.Faults.Select(fault => new Drill(fault.Name, fault.Summary, fault.InjectedAt))], estate.Speed, simulated.Now));

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
