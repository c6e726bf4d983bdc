using Cockpit.Estate;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Estate;

public sealed class EstateClockTests
{
    private readonly FakeClock _wall = new();

    [Fact]
    public void Clock_runs_as_many_times_as_fast()
    {
        var start = _wall.GetUtcNow();
        var clock = new EstateClock(_wall, 60);

        _wall.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(start.AddMinutes(10), clock.Now);
    }

    [Fact]
    public void Change_of_speed_keeps_the_time_already_passed()
    {
        var start = _wall.GetUtcNow();
        var clock = new EstateClock(_wall, 60);
        _wall.Advance(TimeSpan.FromSeconds(10));

        clock.SetSpeed(1);
        _wall.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(start.AddMinutes(10).AddSeconds(10), clock.Now);
    }

    [Fact]
    public void Machine_that_slept_finds_its_estate_where_it_left_it()
    {
        var clock = new EstateClock(_wall, 120);
        var start = clock.Now;
        var simulation = new EstateSimulation(7, start);
        _wall.Advance(TimeSpan.FromHours(8));

        Assert.False(clock.Drive(simulation));
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.True(clock.Drive(simulation));

        Assert.Equal(start.AddMinutes(2), simulation.Now);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(121)]
    [InlineData(double.NaN)]
    public void Speed_outside_its_bounds_is_refused_and_the_old_one_kept(double speed)
    {
        var clock = new EstateClock(_wall, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.SetSpeed(speed));
        Assert.Equal(2, clock.Speed);
    }
}
