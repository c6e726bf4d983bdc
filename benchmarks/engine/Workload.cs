using Cockpit.Domain.Slo;

namespace Cockpit.EngineBench;

/// <summary>A plausible objective: 30 days, all eight burn-rate windows, a minute between samples.</summary>
internal static class Workload
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly Ratio Target = new(0.9995);
    public static readonly SloWindow Month = new SloWindow.Rolling(TimeSpan.FromDays(30));
    public static readonly BurnRatePolicy Policy = BurnRatePolicy.For(Month, Target, TimeSpan.FromMinutes(1));
    public static readonly SeriesPlan Plan = new(Month, Policy.Accepted.SelectMany(tier => new[] { tier.LongWindow, tier.ShortWindow }));

    /// <summary>A series that has counted every minute of so many days.</summary>
    public static SloSeries Lived(double days, Func<int, double>? fraction = null)
    {
        var series = new SloSeries(Plan, Start);
        for (var minute = 0; minute < days * 1440; minute++)
        {
            var at = Start.AddMinutes(minute);
            series.AdvanceTo(at);
            var total = 60_000 + (minute % 997) + (fraction?.Invoke(minute) ?? 0);
            series.RecordEvents(at, total - (minute % 31), total);
        }

        return series;
    }
}
