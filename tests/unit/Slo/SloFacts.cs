using Cockpit.Domain.Slo;

namespace Cockpit.Tests.Slo;

internal static class SloFacts
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TimeSpan Min(double minutes) => TimeSpan.FromMinutes(minutes);

    public static TimeSpan Days(double days) => TimeSpan.FromDays(days);

    public static SloWindow.Rolling Rolling(double days) => new(Days(days));

    public static SloWindow.Calendar Month(string zone = "UTC") =>
        new(CalendarUnit.Month, 1, new DateTime(2026, 1, 1), TimeZoneInfo.FindSystemTimeZoneById(zone));

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    public static SloSeries Series(DateTimeOffset startAt, params TimeSpan[] windows) => new(new SeriesPlan(Rolling(30), windows), startAt);
}
