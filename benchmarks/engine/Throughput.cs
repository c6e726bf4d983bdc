using System.Diagnostics;
using System.Globalization;
using Cockpit.Domain.Slo;

namespace Cockpit.EngineBench;

/// <summary>Samples a second on one core, in the best of five rounds; each sample also tells the time.</summary>
internal static class Throughput
{
    private const int Rounds = 5;
    private const double Budget = 1_000_000;

    public static IEnumerable<BenchRow> Measure()
    {
        yield return Row("event samples on one core, 4 a second into one series", EverySeries(1, TimeSpan.FromMilliseconds(250), 4_000_000));
        yield return Row("event samples on one core, 15 s apart over 1,000 series in turn", EverySeries(1_000, TimeSpan.FromSeconds(15), 4_000_000));
        yield return Row("event samples on one core, a minute apart over 1,000 series in turn", EverySeries(1_000, TimeSpan.FromMinutes(1), 4_000_000));
        yield return Row("counter readings on one core, 15 s apart over 1,000 series in turn", Counters(1_000, TimeSpan.FromSeconds(15), 4_000_000));
    }

    private static BenchRow Row(string what, double perSecond) => new(
        what,
        string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:0.00} M/s"),
        "≥ 1 M/s",
        string.Create(CultureInfo.InvariantCulture, $"{perSecond / Budget:0.0} ×"),
        perSecond >= Budget);

    private static double EverySeries(int count, TimeSpan interval, int samples) => Best(samples, () =>
    {
        var series = Enumerable.Range(0, count).Select(_ => new SloSeries(Workload.Plan, Workload.Start)).ToArray();
        return () =>
        {
            var at = Workload.Start;
            for (var i = 0; i < samples;)
            {
                for (var s = 0; s < count; s++, i++)
                {
                    series[s].AdvanceTo(at);
                    series[s].RecordEvents(at, 99, 100);
                }

                at += interval;
            }
        };
    });

    private static double Counters(int count, TimeSpan interval, int samples) => Best(samples, () =>
    {
        var series = Enumerable.Range(0, count).Select(_ => new SloSeries(Workload.Plan, Workload.Start)).ToArray();
        var feeds = series.Select(each => new CounterFeed(each)).ToArray();
        return () =>
        {
            var at = Workload.Start;
            for (var i = 0; i < samples; at += interval)
            {
                for (var s = 0; s < count; s++, i++)
                {
                    series[s].AdvanceTo(at);
                    feeds[s].Record(new CounterReading(at, i * 99.0, i * 100.0));
                }
            }
        };
    });

    private static double Best(int samples, Func<Action> prepare)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var run = prepare();
            var watch = Stopwatch.StartNew();
            run();
            if (watch.Elapsed < best) best = watch.Elapsed;
        }

        return samples / best.TotalSeconds;
    }
}
