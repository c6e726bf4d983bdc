using Cockpit.Connectors.Embedded;
using Cockpit.Estate;

namespace Cockpit.Tests.Estate;

public sealed class EmbeddedDrillsTests
{
    [Fact]
    public async Task Drills_read_by_many_while_the_clock_drives_never_wait_for_each_other_for_ever()
    {
        var simulation = new EstateSimulation(7, TimeProvider.System.GetUtcNow());
        var clock = new EstateClock(TimeProvider.System, 120);
        var drills = new EmbeddedDrills(new EmbeddedEstate(simulation, clock, TimeProvider.System));

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => { for (var i = 0; i < 2_000; i++) drills.Read(); }));
        var driver = Task.Run(() => { for (var i = 0; i < 2_000; i++) clock.Drive(simulation); });

        await Task.WhenAll([.. readers, driver]).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }
}
