using Cockpit.UseCases.Drilling;

namespace Cockpit.Components.Operations;

/// <summary>Faults to inject into the simulated estate; not there in live mode.</summary>
public sealed partial class Drills
{
    private static readonly int[] Speeds = [1, 10, 60];

    private IDrills? _drills;
    private DrillsState? _state;

    protected override void OnInitialized()
    {
        _drills = Services.GetService<IDrills>();
        _state = _drills?.Read();
    }

    private void Change(Action change)
    {
        change();
        _state = _drills!.Read();
    }
}
