using Cockpit.Estate;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Exporter;

namespace Cockpit.Tests.Estate;

public sealed class EstateSimulationTests
{
    [Fact]
    public void Same_seed_and_same_deeds_give_the_same_day()
    {
        Assert.Equal(EventfulHour(seed: 5), EventfulHour(seed: 5));
    }

    [Fact]
    public void Another_seed_gives_another_day()
    {
        Assert.NotEqual(EventfulHour(seed: 5), EventfulHour(seed: 6));
    }

    [Fact]
    public void How_the_time_is_sliced_changes_nothing()
    {
        var whole = EstateInATest.New();
        var sliced = EstateInATest.New();

        whole.AdvanceTo(EstateInATest.Start.AddSeconds(90));
        for (var passed = 0.0; passed < 90; passed += 0.13) sliced.AdvanceTo(EstateInATest.Start.AddSeconds(passed));
        sliced.AdvanceTo(EstateInATest.Start.AddSeconds(90));

        Assert.Equal(whole.With(MetricsExposition.Write), sliced.With(MetricsExposition.Write));
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        var watched = EstateInATest.New();
        var alone = EstateInATest.New();

        for (var second = 0; second < 120; second++)
        {
            watched.Advance(TimeSpan.FromSeconds(1));
            alone.Advance(TimeSpan.FromSeconds(1));
            watched.With(estate => (estate.ReadMetrics(), estate.Redis.Read(), estate.Postgres.Read(), estate.Cluster.Read()));
        }

        Assert.Equal(alone.With(MetricsExposition.Write), watched.With(MetricsExposition.Write));
    }

    [Fact]
    public void Earlier_instant_changes_nothing()
    {
        var estate = EstateInATest.New();

        estate.AdvanceTo(EstateInATest.Start.AddHours(-1));

        Assert.Equal(EstateInATest.Start, estate.Now);
    }

    [Fact]
    public void Fresh_estate_has_every_figure_from_the_start()
    {
        var reading = EstateInATest.New().With(estate => estate.ReadMetrics());

        Assert.DoesNotContain(reading.Signals, signal => signal.Value.Value is null);
    }

    [Fact]
    public void Busy_hour_has_more_people_than_the_night()
    {
        var estate = new EstateSimulation(7, EstateInATest.Start.AddHours(-8));
        var night = estate.Signal("users.active");

        estate.Advance(TimeSpan.FromHours(12));

        Assert.True(estate.Signal("users.active") > night * 2);
    }

    private static string EventfulHour(ulong seed)
    {
        var estate = EstateInATest.New(seed);
        var pages = new List<string>();
        foreach (var fault in EstateFaults.All)
        {
            estate.With(inside => inside.Inject(fault.Fault));
            estate.Advance(TimeSpan.FromMinutes(6));
            estate.With(inside => inside.Cluster.Scale(EstateCluster.Bondx, "websocket-manager", 4 + pages.Count, null, dryRun: false));
            pages.Add(estate.With(MetricsExposition.Write));
            estate.With(inside => inside.Clear(fault.Fault));
            estate.Advance(TimeSpan.FromMinutes(6));
        }

        return string.Concat(pages) + estate.With(inside => inside.Cluster.Read().ToString() + inside.Redis.Read());
    }
}
