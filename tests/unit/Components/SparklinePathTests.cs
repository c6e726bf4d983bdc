using Cockpit.Components.Primitives;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Components;

public sealed class SparklinePathTests
{
    [Fact]
    public void Nothing_known_draws_nothing()
    {
        Assert.Equal(new SparklinePath("", null), SparklinePath.Of([], 120, 0.8));
        Assert.Equal(new SparklinePath("", null), SparklinePath.Of([null, null], 120, null));
    }

    [Fact]
    public void Line_runs_from_the_lowest_to_the_highest_and_ends_at_the_right_edge() =>
        Assert.Equal(new SparklinePath("M100 41h0.1L200 22L300 3", null), SparklinePath.Of([0, 5, 10], 4, null));

    [Fact]
    public void Gap_breaks_the_line() =>
        Assert.Equal("M0 41h0.1L100 22M300 3h0.1", SparklinePath.Of([0, 5, null, 10], 4, null).Line);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1e12)]
    [InlineData(-3)]
    public void Flat_line_lies_in_the_middle(double value) =>
        Assert.Equal("M0 22h0.1L300 22", SparklinePath.Of([value, value], 2, null).Line);

    [Fact]
    public void Small_wobble_beside_a_threshold_is_not_blown_up()
    {
        var numbers = SparklinePath.Of([100, 100.1], 2, 100).Line.Split('M', 'L')
            .Skip(1).Select(point => double.Parse(point.Split(' ', 'h')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.InRange(numbers[0] - numbers[1], 0.1, 1);
    }

    [Fact]
    public void Threshold_is_within_the_box_however_far_away()
    {
        Assert.Equal(3, SparklinePath.Of([1, 2], 2, 100).ThresholdY);
        Assert.Equal(41, SparklinePath.Of([50, 60], 2, 0.1).ThresholdY);
    }

    [Fact]
    public void Single_point_is_a_dot_at_the_right_edge() => Assert.Equal("M300 22h0.1", SparklinePath.Of([7], 120, null).Line);

    [Fact]
    public void Trend_is_drawn_once_for_all_viewers_and_anew_for_another_threshold()
    {
        var trend = new Trend([1, 2], null);

        var first = SparklinePath.Of(trend, 2, 100);

        Assert.Same(first, SparklinePath.Of(trend, 2, 100));
        Assert.Equal(SparklinePath.Of([1, 2], 2, 2), SparklinePath.Of(trend, 2, 2));
    }
}
