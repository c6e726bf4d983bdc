using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class SloWindowTests
{
    [Theory]
    [InlineData("2028-02-10T00:00", "2028-02-01T00:00", "2028-03-01T00:00", 29 * 24)]
    [InlineData("2027-02-10T00:00", "2027-02-01T00:00", "2027-03-01T00:00", 28 * 24)]
    [InlineData("2026-02-01T00:00", "2026-02-01T00:00", "2026-03-01T00:00", 28 * 24)]
    [InlineData("2019-12-31T23:59:59.9999999", "2019-12-01T00:00", "2020-01-01T00:00", 31 * 24)]
    public void Calendar_month_in_utc_has_its_own_length(string now, string start, string end, double hours)
    {
        var period = Month().PeriodAt(Utc(now));

        Assert.Equal(new Period(Utc(start), Utc(end)), period);
        Assert.Equal(hours, period.Length.TotalHours);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-15T12:00", "2026-02-28T23:00", "2026-03-31T22:00", (31 * 24) - 1)]
    [InlineData("Europe/Berlin", "2026-10-15T12:00", "2026-09-30T22:00", "2026-10-31T23:00", (31 * 24) + 1)]
    [InlineData("America/New_York", "2026-11-15T12:00", "2026-11-01T04:00", "2026-12-01T05:00", (30 * 24) + 1)]
    [InlineData("Asia/Kathmandu", "2026-04-15T12:00", "2026-03-31T18:15", "2026-04-30T18:15", 30 * 24)]
    public void Calendar_month_over_a_clock_change_loses_or_gains_an_hour(string zone, string now, string start, string end, double hours)
    {
        var period = Month(zone).PeriodAt(Utc(now));

        Assert.Equal(new Period(Utc(start), Utc(end)), period);
        Assert.Equal(hours, period.Length.TotalHours);
    }

    [Fact]
    public void Calendar_bound_that_a_clock_change_skips_is_the_first_instant_after_the_gap()
    {
        var days = new SloWindow.Calendar(CalendarUnit.Day, 1, new DateTime(2026, 3, 1, 2, 30, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(new Period(Utc("2026-03-28T01:30"), Utc("2026-03-29T01:00")), days.PeriodAt(Utc("2026-03-29T00:59:59")));
        Assert.Equal(new Period(Utc("2026-03-29T01:00"), Utc("2026-03-30T00:30")), days.PeriodAt(Utc("2026-03-29T01:00")));
    }

    [Fact]
    public void Calendar_bound_that_occurs_twice_is_the_first_of_the_two()
    {
        var days = new SloWindow.Calendar(CalendarUnit.Day, 1, new DateTime(2026, 10, 1, 2, 30, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(new Period(Utc("2026-10-25T00:30"), Utc("2026-10-26T01:30")), days.PeriodAt(Utc("2026-10-25T01:00")));
    }

    [Fact]
    public void Calendar_month_from_the_31st_returns_to_the_31st_after_february()
    {
        var months = new SloWindow.Calendar(CalendarUnit.Month, 1, new DateTime(2027, 12, 31), TimeZoneInfo.Utc);

        Assert.Equal(new Period(Utc("2028-02-29T00:00"), Utc("2028-03-31T00:00")), months.PeriodAt(Utc("2028-03-01T00:00")));
    }

    [Theory]
    [InlineData(CalendarUnit.Week, 1, "2026-11-16T00:00", "2026-11-23T00:00")]
    [InlineData(CalendarUnit.Week, 2, "2026-11-09T00:00", "2026-11-23T00:00")]
    [InlineData(CalendarUnit.Quarter, 1, "2026-10-05T00:00", "2027-01-05T00:00")]
    [InlineData(CalendarUnit.Year, 1, "2026-01-05T00:00", "2027-01-05T00:00")]
    [InlineData(CalendarUnit.Day, 10, "2026-11-21T00:00", "2026-12-01T00:00")]
    public void Calendar_units_tile_time_from_their_start(CalendarUnit unit, int count, string start, string end)
    {
        var window = new SloWindow.Calendar(unit, count, new DateTime(2026, 1, 5), TimeZoneInfo.Utc);

        Assert.Equal(new Period(Utc(start), Utc(end)), window.PeriodAt(Noon));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Apia")]
    public void Calendar_periods_neither_overlap_nor_leave_a_gap(string zone)
    {
        foreach (var unit in Enum.GetValues<CalendarUnit>())
        {
            var window = new SloWindow.Calendar(unit, 1, new DateTime(2011, 1, 1, 0, 30, 0), TimeZoneInfo.FindSystemTimeZoneById(zone));
            var period = window.PeriodAt(Utc("2010-06-01T00:00"));
            while (period.StartAt < Utc("2013-01-01T00:00"))
            {
                var next = window.PeriodAt(period.EndAt);
                Assert.Equal(period.EndAt, next.StartAt);
                Assert.Equal(period, window.PeriodAt(period.EndAt - TimeSpan.FromTicks(1)));
                Assert.True(next.Length > TimeSpan.Zero);
                period = next;
            }
        }
    }

    [Fact]
    public void Rolling_window_ends_now() => Assert.Equal(new Period(Noon - Days(28), Noon), Rolling(28).PeriodAt(Noon));

    [Fact]
    public void Windows_of_the_same_meaning_are_equal()
    {
        Assert.Equal(Month("Europe/Berlin"), Month("Europe/Berlin"));
        Assert.NotEqual(Month("Europe/Berlin"), Month("Europe/Rome"));
        Assert.Equal<SloWindow>(Rolling(7), new SloWindow.Rolling(Days(7)));
    }

    [Fact]
    public void Windows_of_no_length_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SloWindow.Rolling(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SloWindow.Calendar(CalendarUnit.Day, 0, default, TimeZoneInfo.Utc));
    }
}
