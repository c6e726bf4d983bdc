using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Health;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0.91, "91 %")]
    [InlineData(0.455, "45.5 %")]
    [InlineData(1, "100 %")]
    [InlineData(1.2, "120 %")]
    [InlineData(1.0001, "100 %")]
    [InlineData(0, "0 %")]
    [InlineData(0.0001, "0.01 %")]
    [InlineData(0.0000001, "0.0001 %")]
    [InlineData(0.9995, "99.95 %")]
    [InlineData(0.99999999, "99.999 %")]
    [InlineData(0.99949, "99.95 %")]
    [InlineData(0.9949, "99.5 %")]
    public void Ratio_is_written_in_percent(double ratio, string text) => AssertText(text, FigureText.Write(ratio, FigureUnit.Ratio));

    [Fact]
    public void Ratio_below_one_never_reads_as_all_and_above_zero_never_as_none()
    {
        for (var exponent = 1; exponent < 16; exponent++)
        {
            var little = Math.Pow(10, -exponent);

            Assert.DoesNotContain("100", FigureText.Write(1 - little, FigureUnit.Ratio), StringComparison.Ordinal);
            Assert.NotEqual(FigureText.Write(0, FigureUnit.Ratio), FigureText.Write(little, FigureUnit.Ratio));
        }
    }

    [Theory]
    [InlineData(-0.5, "-50 %")]
    [InlineData(-0.001, "-0.1 %")]
    public void Overdrawn_ratio_keeps_its_sign_and_its_size(double ratio, string text) =>
        AssertText(text, FigureText.Write(ratio, FigureUnit.Ratio));

    [Fact]
    public void Percent_is_a_hundredth_of_a_ratio() => AssertText("82.5 %", FigureText.Write(82.5, FigureUnit.Percent));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0042, "4.2 ms")]
    [InlineData(0.15, "150 ms")]
    [InlineData(0.9994, "999 ms")]
    [InlineData(0.9999, "1 s")]
    [InlineData(2.345, "2.35 s")]
    [InlineData(42, "42 s")]
    [InlineData(119, "119 s")]
    [InlineData(120, "2 min")]
    [InlineData(7199, "120 min")]
    [InlineData(7200, "2 h")]
    public void Seconds_choose_the_unit_that_needs_few_digits(double seconds, string text) =>
        AssertText(text, FigureText.Write(seconds, FigureUnit.Seconds));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(4_096, "4.1 kB")]
    [InlineData(523_000_000, "523 MB")]
    [InlineData(5_000_000_000, "5.0 GB")]
    [InlineData(9e18, "9000 PB")]
    public void Bytes_are_decimal(double bytes, string text) => AssertText(text, FigureText.Write(bytes, FigureUnit.Bytes));

    [Theory]
    [InlineData(11_375, FigureUnit.Count, "11 375")]
    [InlineData(3, FigureUnit.Count, "3")]
    [InlineData(2.46, FigureUnit.Count, "2.5")]
    [InlineData(1_234_567, FigureUnit.PerSecond, "1 234 567 /s")]
    [InlineData(120, FigureUnit.PerMinute, "120 /min")]
    public void Counts_and_rates_are_grouped(double value, FigureUnit unit, string text) => AssertText(text, FigureText.Write(value, unit));

    [Fact]
    public void Missing_figure_is_a_dash() => Assert.Equal("–", FigureText.Write(null, FigureUnit.Ratio));

    [Fact]
    public void Number_and_unit_come_apart_for_a_headline() =>
        Assert.Equal(("91", "%"), FigureText.Split(0.91, FigureUnit.Ratio));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0.9, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(61, "1 min|1 s")]
    [InlineData(3_600, "1 h")]
    [InlineData(7_260, "2 h|1 min")]
    [InlineData(86_400 + 3_600, "1 d|1 h")]
    public void Duration_names_two_units_at_most(double seconds, string text) =>
        Assert.Equal(string.Join(' ', text.Split('|').Select(Thin)), FigureText.Duration(TimeSpan.FromSeconds(seconds)));

    /// <summary>Every space within a figure is the narrow one that does not break.</summary>
    private static void AssertText(string expected, string actual) => Assert.Equal(Thin(expected), actual);

    private static string Thin(string text) => text.Replace(' ', '\u202F');
}
