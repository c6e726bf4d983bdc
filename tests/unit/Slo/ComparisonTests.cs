using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Slo;

public class ComparisonTests
{
    [Theory]
    [InlineData(Comparison.GreaterThan, 0.3, 0.1 + 0.2, false)]
    [InlineData(Comparison.GreaterOrEqual, 0.3, 0.1 + 0.2, true)]
    [InlineData(Comparison.LessThan, 0.1 + 0.2, 0.3, false)]
    [InlineData(Comparison.LessOrEqual, 0.1 + 0.2, 0.3, true)]
    [InlineData(Comparison.Equal, 0.1 + 0.2, 0.3, true)]
    [InlineData(Comparison.NotEqual, 0.1 + 0.2, 0.3, false)]
    [InlineData(Comparison.GreaterThan, 1.000001, 1, true)]
    [InlineData(Comparison.GreaterThan, double.PositiveInfinity, 1, true)]
    [InlineData(Comparison.LessThan, 1, double.PositiveInfinity, true)]
    [InlineData(Comparison.GreaterThan, double.NaN, 1, false)]
    [InlineData(Comparison.LessOrEqual, double.NaN, 1, false)]
    [InlineData(Comparison.Equal, double.NaN, double.NaN, false)]
    [InlineData(Comparison.Equal, double.PositiveInfinity, double.PositiveInfinity, true)]
    public void Comparison_holds_numerically(Comparison comparison, double value, double bound, bool holds) =>
        Assert.Equal(holds, comparison.Holds(value, bound));
}
