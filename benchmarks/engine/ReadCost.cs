using System.Diagnostics;
using System.Globalization;
using Cockpit.Domain.Slo;

namespace Cockpit.EngineBench;

/// <summary>What a full look at one objective costs (budget, all burn rates) as its history grows.</summary>
internal static class ReadCost
{
    private const int Looks = 400_000;

    public static IEnumerable<BenchRow> Measure()
    {
        var histories = new[] { 1.0, 7, 30 }.Select(days => (Days: days, Series: Workload.Lived(days))).ToArray();
        var times = new double[histories.Length];
        Array.Fill(times, double.MaxValue);
        for (var round = 0; round < 7; round++)
            for (var i = 0; i < histories.Length; i++) times[i] = Math.Min(times[i], Look(histories[i].Series));

        for (var i = 0; i < histories.Length; i++)
        {
            var ratio = times[i] / times[0];
            yield return new BenchRow(
                $"reading the budget and eight burn rates after {histories[i].Days:0} d",
                string.Create(CultureInfo.InvariantCulture, $"{times[i]:0} ns"),
                i == 0 ? "" : "flat",
                i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} × that of 1 d"));
        }
    }

    private static double Look(SloSeries series)
    {
        var sum = 0.0;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Looks; i++)
        {
            sum += series.OverBudget().Bad;
            foreach (var window in series.Plan.Windows) sum += BurnRate.Of(series.Over(window), Workload.Target).Value ?? 0;
        }

        GC.KeepAlive(sum);
        return watch.Elapsed.TotalNanoseconds / Looks;
    }
}
