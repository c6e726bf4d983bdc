using Bunit;
using Cockpit.Components.Primitives;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Components;

public sealed class StatusMarkTests : BunitContext
{
    [Theory]
    [InlineData(HealthStatus.Good, "good", "Healthy")]
    [InlineData(HealthStatus.Warn, "warn", "Degraded")]
    [InlineData(HealthStatus.Bad, "bad", "Bad")]
    [InlineData(HealthStatus.Unknown, "unknown", "Unknown")]
    [InlineData(HealthStatus.NotConfigured, "none", "Not configured")]
    public void Each_status_has_its_own_shape_and_word(HealthStatus status, string shape, string word) =>
        Render<StatusMark>(parameters => parameters.Add(mark => mark.Status, status))
            .MarkupMatches($"""<span class="st {shape}">{word}</span>""");

    [Fact]
    public void Word_may_be_another() => Assert.Equal("Failing over",
        Render<StatusMark>(parameters => parameters.Add(mark => mark.Status, HealthStatus.Bad).Add(mark => mark.Word, "Failing over")).Find("span").TextContent);

    [Fact]
    public void No_two_statuses_look_or_read_alike()
    {
        var all = Enum.GetValues<HealthStatus>();

        Assert.Equal(all.Length, all.Select(StatusText.Shape).Distinct().Count());
        Assert.Equal(all.Length, all.Select(StatusText.Word).Distinct().Count());
    }

    [Theory]
    [InlineData(OverallStatus.Green, HealthStatus.Good)]
    [InlineData(OverallStatus.Yellow, HealthStatus.Warn)]
    [InlineData(OverallStatus.Red, HealthStatus.Bad)]
    [InlineData(OverallStatus.Unknown, HealthStatus.Unknown)]
    public void Platform_colour_has_the_shape_of_its_status(OverallStatus overall, HealthStatus status) =>
        Assert.Equal(status, StatusText.Of(overall));
}
