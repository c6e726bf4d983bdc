using System.Diagnostics;
using System.Globalization;
using Cockpit.Domain.Slo;

namespace Cockpit.EngineBench;

/// <summary>Live memory of objectives that have counted every minute of 30 days, and of their snapshots.</summary>
internal static class Memory
{
    private const double BudgetBytes = 2.0 * 1024 * 1024 * 1024;

    public static IEnumerable<BenchRow> Measure(int[] counts)
    {
        foreach (var count in counts) yield return Row($"{count:N0} objectives × 30 d, whole counts", count, null, count == counts[^1]);
        yield return Row($"{counts[0]:N0} objectives × 30 d, every count a fraction", counts[0], minute => (minute % 7) / 8.0, false);

        var snapshot = Workload.Lived(30).ToSnapshot();
        yield return new BenchRow("snapshot of one objective × 30 d", Kilobytes(snapshot.Length), "", "");

        var watch = Stopwatch.StartNew();
        SloSeries.Restore(Workload.Plan, snapshot);
        yield return new BenchRow("restoring it", string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds:0.0} ms"), "", "");
    }

    private static BenchRow Row(string what, int count, Func<int, double>? fraction, bool isBudgeted)
    {
        var before = GC.GetTotalMemory(true);
        var all = new SloSeries[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => all[i] = Workload.Lived(30, fraction));
        var bytes = GC.GetTotalMemory(true) - before;
        GC.KeepAlive(all);
        return new BenchRow(
            what,
            string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB, {Kilobytes((double)bytes / count)} each"),
            isBudgeted ? "≤ 2 GiB" : "",
            isBudgeted ? string.Create(CultureInfo.InvariantCulture, $"{bytes / BudgetBytes:0.00}") : "",
            !isBudgeted || bytes <= BudgetBytes);
    }

    private static string Kilobytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:0.0} KiB");
}
