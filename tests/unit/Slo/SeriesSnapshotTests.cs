using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

public class SeriesSnapshotTests
{
    private static SloSeries Lived(SloWindow? budget = null)
    {
        var series = new SloSeries(new SeriesPlan(budget ?? Rolling(30), [Min(5), Hour, Days(3)]), Noon);
        series.Exclude([new Period(Noon + Hour, Noon + (Hour * 2))]);
        var random = new Random(7);
        for (var i = 0; i < 4_000; i++)
        {
            var at = Noon + Min(i * 2);
            series.AdvanceTo(at);
            series.RecordEvents(at, random.Next(90, 101), 100);
        }

        series.RecordEvents(Noon, 1, 1);
        return series;
    }

    [Fact]
    public void Restored_series_answers_as_before_and_goes_on_the_same()
    {
        foreach (var budget in new SloWindow[] { Rolling(30), Month() })
        {
            var before = Lived(budget);
            var after = SloSeries.Restore(before.Plan, before.ToSnapshot());

            for (var step = 0; step < 3; step++)
            {
                Assert.All(before.Plan.Windows, window => Assert.Equal(before.Over(window), after.Over(window)));
                Assert.Equal(before.OverBudget(), after.OverBudget());
                Assert.Equal(before.ExcludedOverBudget(), after.ExcludedOverBudget());
                Assert.Equal(before.Diagnostics, after.Diagnostics);
                Assert.Equal((before.AsOf, before.FirstSampleAt, before.LastSampleAt), (after.AsOf, after.FirstSampleAt, after.LastSampleAt));
                Assert.Equal(before.ToSnapshot(), after.ToSnapshot());
                foreach (var series in new[] { before, after })
                {
                    Assert.Equal(SampleOutcome.Duplicate, series.RecordEvents(series.LastSampleAt!.Value, 1, 1));
                    series.AdvanceTo(series.AsOf + Hour);
                    series.RecordEvents(series.AsOf, 1, 3);
                }
            }
        }
    }

    [Fact]
    public void Restored_series_follows_a_changed_plan_as_far_as_its_buckets_reach()
    {
        var before = Lived();

        var after = SloSeries.Restore(new SeriesPlan(Rolling(90), [Min(30)]), before.ToSnapshot());

        Assert.Equal(before.OverBudget(), after.OverBudget());
        Assert.Equal(16, after.Over(Min(30)).Total / 100);
    }

    [Fact]
    public void Snapshot_takes_a_few_bytes_a_bucket() => Assert.InRange(Lived().ToSnapshot().Length, 1_000, 20_000);

    [Fact]
    public void Damaged_snapshot_is_refused_wherever_it_is_damaged()
    {
        var good = Lived().ToSnapshot();
        var plan = new SeriesPlan(Rolling(30), []);
        for (var at = 0; at < good.Length; at += 13)
        {
            var bad = (byte[])good.Clone();
            bad[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => SloSeries.Restore(plan, bad));
        }

        for (var length = 0; length < good.Length; length += 101)
        {
            var cut = good[..length];
            Assert.Throws<InvalidDataException>(() => SloSeries.Restore(plan, cut));
        }
    }
}
