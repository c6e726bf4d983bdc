using Cockpit.Api.Metrics;

namespace Cockpit.Tests.Api;

public sealed class TextExpositionTests
{
    [Fact]
    public void Families_are_written_with_help_type_labels_in_order_and_escapes()
    {
        var gauge = new MetricFamily("cockpit_level", "How high.\nSecond line with \\.", MetricKind.SummedGauge, []);
        gauge.Record(2, [new("source", "a \"b\"\\c\nd"), new("area", "x")], 10);
        gauge.Record(-0.5, [new("area", "x"), new("source", "a \"b\"\\c\nd")], 10);

        Assert.Equal(
            """
            # HELP cockpit_level How high.\nSecond line with \\.
            # TYPE cockpit_level gauge
            cockpit_level{area="x",source="a \"b\"\\c\nd"} 1.5

            """.ReplaceLineEndings("\n"),
            TextExposition.Write([gauge]));
    }

    [Fact]
    public void Histogram_accumulates_its_buckets_and_counts_what_is_above_all_of_them()
    {
        var histogram = new MetricFamily("cockpit_wait_seconds", "Wait.", MetricKind.Histogram, [0.1, 1]);
        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 }) histogram.Record(value, [], 10);

        Assert.Equal(
            """
            # HELP cockpit_wait_seconds Wait.
            # TYPE cockpit_wait_seconds histogram
            cockpit_wait_seconds_bucket{le="0.1"} 2
            cockpit_wait_seconds_bucket{le="1"} 3
            cockpit_wait_seconds_bucket{le="+Inf"} 4
            cockpit_wait_seconds_sum 7.65
            cockpit_wait_seconds_count 4

            """.ReplaceLineEndings("\n"),
            TextExposition.Write([histogram]));
    }

    [Fact]
    public void Labels_without_end_do_not_grow_the_family_without_end()
    {
        var counter = new MetricFamily("cockpit_things_total", "Things.", MetricKind.Counter, []);

        for (var i = 0; i < 50; i++) counter.Record(1, [new("id", i)], seriesAtMost: 3);

        Assert.Equal(3, counter.Series.Count());
    }

    [Theory]
    [InlineData("cockpit.poll.duration", "s", MetricKind.Histogram, "cockpit_poll_duration_seconds")]
    [InlineData("cockpit.hub.broadcast", "By", MetricKind.Counter, "cockpit_hub_broadcast_bytes_total")]
    [InlineData("cockpit.hub.viewers", "{viewer}", MetricKind.SummedGauge, "cockpit_hub_viewers")]
    [InlineData("process.cpu", "s", MetricKind.ObservedCounter, "process_cpu_seconds_total")]
    internal void Name_follows_the_conventions_of_prometheus(string instrument, string unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, MetricName.Of(instrument, unit, kind));
}
