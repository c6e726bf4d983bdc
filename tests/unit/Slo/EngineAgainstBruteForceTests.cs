using Cockpit.Domain.Slo;
using static Cockpit.Tests.Slo.SloFacts;

namespace Cockpit.Tests.Slo;

/// <summary>Random series against sums over every single sample, taken anew by the definition of a window.</summary>
public class EngineAgainstBruteForceTests
{
    // Two thousand were run when the engine was written; this many keep the suite quick.
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("COCKPIT_FUZZ"), out var cases) ? cases : 500;

    private static readonly TimeSpan[] Lengths =
    [
        Min(5), Min(14), TimeSpan.FromSeconds(280), Min(30), Hour, Hour * 6, Days(1), Days(3), Days(3) + Min(1), Days(7), Days(9),
        Days(28), Days(30),
    ];

    private sealed record Event(long Ticks, Tally Counted);

    [Fact]
    public void Every_window_equals_the_sum_of_its_samples()
    {
        for (var seed = 0; seed < Cases; seed++) RunCase(seed);
    }

    private static void RunCase(int seed)
    {
        var random = new Random(seed);
        var start = Noon + TimeSpan.FromTicks(random.NextInt64(Days(60).Ticks));
        var windows = Lengths.Where(_ => random.Next(3) > 0).ToArray();
        var isCalendar = random.Next(3) == 0;
        SloWindow budget = isCalendar ? Month(random.Next(2) == 0 ? "UTC" : "Europe/Berlin") : Rolling(random.Next(2) == 0 ? 30 : 28);
        var series = new SloSeries(new SeriesPlan(budget, windows), start);
        var exclusions = Exclusions(random, start);
        if (random.Next(2) == 0) series.Exclude([.. exclusions]);
        else exclusions = [];

        var events = new List<Event>();
        var instants = new HashSet<long>();
        var now = start;
        for (var i = 0; i < 60; i++)
        {
            now += Step(random);
            series.ResumeAt(now);
            if (random.Next(10) > 0) Add(now);
            if (random.Next(4) == 0) Add(now - TimeSpan.FromTicks(random.NextInt64(Min(600).Ticks)));
            if (random.Next(25) == 0) series = SloSeries.Restore(series.Plan, series.ToSnapshot());
            if (random.Next(4) == 0) Check(seed, series, events, exclusions, now);
        }

        Check(seed, series, events, exclusions, now);

        void Add(DateTimeOffset at)
        {
            var total = random.Next(3) == 0 ? random.NextDouble() * 10 : random.Next(0, 1_000_000);
            var good = Math.Min(total, total * random.Next(0, 1001) / 1000);
            if (random.Next(2) == 0) (good, total) = (Math.Floor(good), Math.Floor(total));
            var outcome = series.RecordEvents(at, good, total);
            if (outcome == SampleOutcome.Counted)
            {
                Assert.True(instants.Add(at.UtcTicks));
                events.Add(new Event(at.UtcTicks, Tally.Of(good, total)));
            }
            else
            {
                Assert.True(outcome is SampleOutcome.Late or SampleOutcome.Duplicate, $"seed {seed}: {outcome}");
            }
        }
    }

    private static TimeSpan Step(Random random) => random.Next(10) switch
    {
        0 => TimeSpan.FromTicks(random.NextInt64(Days(5).Ticks)),
        1 => TimeSpan.FromTicks(random.NextInt64(Days(1).Ticks)),
        < 5 => TimeSpan.FromTicks(random.NextInt64(Hour.Ticks)),
        _ => TimeSpan.FromTicks(random.NextInt64(Min(2).Ticks)),
    };

    private static List<Period> Exclusions(Random random, DateTimeOffset start)
    {
        var periods = new List<Period>();
        for (var at = start; periods.Count < 3;)
        {
            at += TimeSpan.FromTicks(random.NextInt64(Days(3).Ticks));
            var period = new Period(at, at + TimeSpan.FromTicks(random.NextInt64(Hour.Ticks * 4)));
            periods.Add(period);
            at = period.EndAt;
        }

        return periods;
    }

    private static void Check(int seed, SloSeries series, List<Event> events, List<Period> exclusions, DateTimeOffset now)
    {
        foreach (var window in series.Plan.Windows)
        {
            var expected = Sum(events, FirstBucket(window, now));
            Assert.True(expected == series.Over(window), $"seed {seed}, window {window}: {expected} expected, {series.Over(window)} counted");

            var atLeast = Sum(events, now.UtcTicks - window.Ticks);
            var atMost = Sum(events, now.UtcTicks - window.Ticks - SeriesPlan.TrailingEdge(window).Ticks + 1);
            Assert.InRange(series.Over(window).Total, atLeast.Total, atMost.Total);

            var excluded = Sum(events.Where(each => IsExcluded(exclusions, each)), FirstBucket(window, now));
            Assert.True(excluded == series.ExcludedOver(window), $"seed {seed}, window {window}: {excluded} excluded expected, {series.ExcludedOver(window)} counted");
        }

        Assert.Equal(Sum(events, SeriesPlan.UtcMonth.PeriodAt(now).StartAt.UtcTicks), series.MonthToDate());
        if (series.Plan.Budget is not SloWindow.Calendar calendar) return;
        var month = Sum(events, calendar.PeriodAt(now).StartAt.UtcTicks);
        Assert.True(month == series.OverBudget(), $"seed {seed}, month: {month} expected, {series.OverBudget()} counted");
    }

    private static bool IsExcluded(List<Period> exclusions, Event each)
    {
        var minute = new DateTimeOffset(each.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        return exclusions.Exists(period => period.Contains(minute));
    }

    private static long FirstBucket(TimeSpan window, DateTimeOffset now)
    {
        var minutes = TimeSpan.FromMinutes(Math.Ceiling(window.TotalMinutes));
        var bucket = window <= SeriesPlan.FineReach ? SeriesPlan.FineBucket : SeriesPlan.CoarseBucket;
        return (now - minutes).UtcTicks / bucket.Ticks * bucket.Ticks;
    }

    private static Tally Sum(IEnumerable<Event> events, long from) =>
        events.Where(each => each.Ticks >= from).Aggregate(Tally.None, (sum, each) => sum + each.Counted);
}
