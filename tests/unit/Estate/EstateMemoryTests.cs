using System.Globalization;
using Cockpit.Estate;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Exporter;

namespace Cockpit.Tests.Estate;

/// <summary>Runs alone: it measures the memory of the whole process.</summary>
[CollectionDefinition(nameof(EstateMemoryTests), DisableParallelization = true)]
[Collection(nameof(EstateMemoryTests))]
public sealed class EstateMemoryTests
{
    [Fact]
    public void Whole_day_of_faults_and_scrapes_keeps_no_more_memory_than_two_hours()
    {
        var estate = EstateInATest.New();
        foreach (var fault in EstateFaults.All) estate.With(inside => inside.Inject(fault.Fault));
        estate.With(inside => inside.Postgres.PauseReplay());
        Live(estate, TimeSpan.FromHours(2));
        var early = GC.GetTotalMemory(forceFullCollection: true);

        Live(estate, TimeSpan.FromHours(22));

        var grown = GC.GetTotalMemory(forceFullCollection: true) - early;
        Assert.True(grown < 1_000_000, $"{grown} bytes more than after two hours");
        GC.KeepAlive(estate);
    }

    private static void Live(EstateSimulation estate, TimeSpan time)
    {
        var until = estate.Now + time;
        for (var round = 0; estate.Now < until; round++)
        {
            estate.Advance(TimeSpan.FromMinutes(10));
            estate.With(inside => inside.Cluster.RestartRollout(EstateCluster.Bondx, "order-manager", round.ToString(CultureInfo.InvariantCulture), null, false));
            estate.With(MetricsExposition.Write);
        }
    }
}
