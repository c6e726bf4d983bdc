using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class ExcludedEventsTests
{
    private static readonly Period Maintenance = new(Noon + Min(10), Noon + Min(40));

    private static SloSeries Run(int minutes, Action<SloSeries>? begin = null, double step = 1)
    {
        var series = Series(Noon, Hour);
        begin?.Invoke(series);
        for (double minute = 0; minute < minutes; minute += step)
        {
            series.AdvanceTo(Noon + Min(minute));
            series.RecordEvents(Noon + Min(minute), minute is >= 10 and < 40 ? 0 : 10, 10);
        }

        series.AdvanceTo(Noon + Min(minutes));
        return series;
    }

    [Fact]
    public void Events_of_maintenance_are_counted_apart_and_stay_in_the_raw_sums()
    {
        var series = Run(60, series => series.Exclude([Maintenance]));

        Assert.Equal(Tally.Of(300, 600), series.OverBudget());
        Assert.Equal(Tally.Of(0, 300), series.ExcludedOverBudget());
        Assert.Equal(Tally.Of(300, 300), series.OverBudget() - series.ExcludedOverBudget());
    }

    [Fact]
    public void Events_of_maintenance_leave_the_window_minute_by_minute()
    {
        var series = Run(90, series => series.Exclude([Maintenance]));

        Assert.Equal(100, series.ExcludedOver(Hour).Total);
        Assert.Equal(300, series.ExcludedOverBudget().Total);
    }

    [Fact]
    public void Maintenance_named_afterwards_reads_back_the_same_events()
    {
        var series = Run(60);

        series.Exclude([Maintenance]);

        Assert.Equal(Tally.Of(0, 300), series.ExcludedOverBudget());
    }

    [Fact]
    public void Maintenance_that_is_no_longer_named_is_no_longer_counted_apart()
    {
        var series = Run(60, series => series.Exclude([Maintenance]));

        series.Exclude([]);

        Assert.Equal(Tally.None, series.ExcludedOverBudget());
    }

    [Fact]
    public void Maintenance_going_on_counts_the_newest_bucket_too()
    {
        var series = Series(Noon + Min(12), Hour);
        series.Exclude([Maintenance]);
        series.RecordEvents(Noon + Min(12), 0, 4);

        Assert.Equal(4, series.ExcludedOver(Hour).Total);
    }

    [Fact]
    public void Maintenance_named_a_week_later_is_read_from_quarters_of_an_hour()
    {
        var series = Run(60);
        series.ResumeAt(Noon + Days(7));

        series.Exclude([new Period(Noon + Min(15), Noon + Min(30))]);
        Assert.Equal(Tally.Of(0, 150), series.ExcludedOverBudget());

        series.Exclude([new Period(Noon + Min(15), Noon + Min(20))]);
        Assert.Equal(50, series.ExcludedOverBudget().Total, 1e-3);
    }
}
