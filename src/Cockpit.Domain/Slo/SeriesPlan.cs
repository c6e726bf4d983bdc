using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

/// <summary>Which windows a series keeps sums of. Series of the same shape share one plan.</summary>
/// <remarks>
/// Windows up to three days are counted in minutes, longer ones in quarters of an hour. A window holds every bucket that overlaps it, so
/// an event
/// counts for at least the window's length and for less than one bucket longer; when now lies on a bucket's edge the count is exact. A
/// length that
/// is no whole number of minutes is rounded up to one first. A calendar window starts exactly at its period's first minute.
/// </remarks>
public sealed class SeriesPlan
{
    /// <summary>Age up to which buckets of one minute are kept.</summary>
    public static readonly TimeSpan FineReach = TimeSpan.FromDays(3);

    /// <summary>Length of a bucket for windows up to <see cref="FineReach"/>.</summary>
    public static readonly TimeSpan FineBucket = TimeSpan.FromMinutes(1);

    /// <summary>Length of a bucket for longer windows.</summary>
    public static readonly TimeSpan CoarseBucket = TimeSpan.FromMinutes(15);

    /// <summary>Calendar months in UTC.</summary>
    public static readonly SloWindow.Calendar UtcMonth = new(CalendarUnit.Month, 1, new DateTime(2000, 1, 1), TimeZoneInfo.Utc);

    internal const int MinutesPerCoarse = 15;
    internal const int FineMinutes = 3 * 24 * 60;

    /// <summary>Creates a plan.</summary>
    /// <param name="budget">The period the budget is judged over.</param>
    /// <param name="windows">Further windows to sum, each above zero; repeated ones are kept once, and a rolling budget window is
    /// added.</param>
    /// <param name="month">The month that monthly compliance speaks of; the calendar month in UTC unless told otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window is not above zero or exceeds 400 days.</exception>
    public SeriesPlan(SloWindow budget, IEnumerable<TimeSpan> windows, SloWindow.Calendar? month = null)
    {
        Budget = budget;
        Month = month ?? UtcMonth;
        Calendars = budget is SloWindow.Calendar calendar ? [Month, calendar] : [Month];
        var all = budget is SloWindow.Rolling rolling ? windows.Append(rolling.Length) : windows;
        Windows = [.. all.Distinct().Order()];
        foreach (var window in Windows)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero, nameof(windows));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(window, TimeSpan.FromDays(400), nameof(windows));
        }

        Minutes = [.. Windows.Select(MinutesIn)];
        var calendarMinutes = budget is SloWindow.Calendar ? (int)budget.NominalLength.TotalMinutes * 32 / 30 : 0;
        var longest = Math.Max(calendarMinutes, Minutes.IsEmpty ? 0 : Minutes[^1]);
        FineBuckets = Math.Min(longest, FineMinutes) + 1;
        CoarseBuckets = (longest / MinutesPerCoarse) + 2;
    }

    /// <summary>The plan of one objective: every burn-rate window its policy can use, the budget's own, and those asked for
    /// besides.</summary>
    public static SeriesPlan For(SloDefinition definition, BurnRatePolicy policy, params IEnumerable<TimeSpan> besides) =>
        new(definition.Window, policy.Accepted.SelectMany(tier => new[] { tier.LongWindow, tier.ShortWindow }).Concat(besides));

    /// <summary>The period the budget is judged over.</summary>
    public SloWindow Budget { get; }

    /// <summary>The month that <see cref="SloSeries.MonthToDate"/> speaks of.</summary>
    public SloWindow.Calendar Month { get; }

    /// <summary>The rolling windows summed, shortest first.</summary>
    public ImmutableArray<TimeSpan> Windows { get; }

    /// <summary>How much longer than asked an event may count in a window of this length: always less than this.</summary>
    public static TimeSpan TrailingEdge(TimeSpan window)
    {
        var roundedUp = TimeSpan.FromMinutes(MinutesIn(window)) - window;
        return roundedUp + (window <= FineReach ? FineBucket : CoarseBucket);
    }

    /// <summary>The calendar periods summed: the month first, the budget's own last.</summary>
    internal ImmutableArray<SloWindow.Calendar> Calendars { get; }

    internal ImmutableArray<int> Minutes { get; }

    internal int FineBuckets { get; }

    internal int CoarseBuckets { get; }

    private static int MinutesIn(TimeSpan window) => (int)((window.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute);

    internal int IndexOf(TimeSpan window)
    {
        var index = Windows.IndexOf(window);
        return index >= 0 ? index : throw new ArgumentException($"This series keeps no sum over {window}.", nameof(window));
    }

    /// <summary>The first minute that a window holds when the newest minute is <paramref name="head"/>.</summary>
    internal long FirstMinute(int window, long head)
    {
        var first = head - Minutes[window];
        return Minutes[window] <= FineMinutes ? first : first / MinutesPerCoarse * MinutesPerCoarse;
    }
}
