using Cockpit.Domain.Health;

namespace Cockpit.Tests.Health;

public sealed class TrendTests
{
    private static readonly DateTimeOffset At = Platform.Now;

    [Fact]
    public void Point_within_the_step_is_left_out()
    {
        var trend = Trend.Empty.With(1, At).With(2, At + Trend.Step - TimeSpan.FromTicks(1)).With(3, At + Trend.Step);

        Assert.Equal([1, 3], trend.Points.AsEnumerable());
        Assert.Equal(At + Trend.Step, trend.NewestAt);
    }

    [Fact]
    public void Gap_is_kept_as_a_gap() => Assert.Equal([null, 2], Trend.Empty.With(null, At).With(2, At + Trend.Step).Points.AsEnumerable());

    [Fact]
    public void Clock_that_jumped_back_starts_a_new_step() =>
        Assert.Equal(At.AddHours(-1), Trend.Empty.With(1, At).With(2, At.AddHours(-1)).NewestAt);

    [Fact]
    public void Oldest_points_are_dropped_beyond_ten_minutes()
    {
        var trend = Enumerable.Range(0, Trend.Length + 5).Aggregate(Trend.Empty, (so, i) => so.With(i, At + i * Trend.Step));

        Assert.Equal(Enumerable.Range(5, Trend.Length).Select(i => (double?)i), trend.Points);
    }
}
