namespace Cockpit.Estate;

/// <summary>How busy the day is: the share of the daily peak that people cause at an instant.</summary>
internal static class DailyCurve
{
    private const double BusiestHour = 14.5;
    private const double NightShare = 0.25;

    /// <summary>In [0.25, 1], highest at 14:30 UTC, lowest twelve hours from it.</summary>
    public static double LoadAt(DateTimeOffset instant)
    {
        var hours = instant.UtcDateTime.TimeOfDay.TotalHours - BusiestHour;
        return NightShare + ((1 - NightShare) * 0.5 * (1 + Math.Cos(hours * Math.PI / 12)));
    }
}
