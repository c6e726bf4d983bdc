using System.Collections.Immutable;
using System.Text.Json;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

internal sealed partial class ObjectiveMeter
{
    /// <summary>The series and its counters as storage keeps them.</summary>
    public ArchivedSeries Save()
    {
        lock (_lock)
        {
            var counters = _counters?.Last.Select(last => new ArchivedCounter(last.Key, last.Value.At, last.Value.Part, last.Value.Total)).ToList() ?? [];
            return new ArchivedSeries(Facts.Key, _series.AsOf, _series.ToSnapshot(), JsonSerializer.Serialize(counters));
        }
    }

    /// <summary>Goes on from storage.</summary>
    /// <param name="archived">What was stored.</param>
    /// <param name="now">The source's clock.</param>
    /// <param name="keepCounters">False when the source's counters have started anew, as the simulated estate's do with each process.</param>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public void Restore(ArchivedSeries archived, DateTimeOffset now, bool keepCounters)
    {
        var series = SloSeries.Restore(_plan, archived.Series);
        var counters = keepCounters ? JsonSerializer.Deserialize<List<ArchivedCounter>>(archived.Counters) ?? [] : [];
        lock (_lock)
        {
            series.ResumeAt(now);
            Replace(series, counters.ToDictionary(counter => counter.Instance, counter => new CounterReading(counter.At, counter.Part, counter.Total)));
        }
    }

    /// <summary>What is counted on an ordinary day, by the counters of a source that has been counting for a while; null when they say nothing.</summary>
    public static EverydayTraffic? Everyday(ObjectiveMeter meter, SliRound round, TimeSpan countedFor)
    {
        if (meter.Facts.Indicator is not Indicator.EventRatio { Counter: true } ratio) return null;
        var (pairs, _) = SliAnswers.Pair(round[meter.Queries.Part], round[meter.Queries.Total!]);
        var (part, total) = (pairs.Values.Sum(pair => pair.Part), pairs.Values.Sum(pair => pair.Total));
        if (total <= 0) return null;
        var good = Math.Clamp(ratio.GoodQuery is null ? total - part : part, 0, total);
        return new EverydayTraffic(total / countedFor.TotalSeconds, 1 - (good / total), round.At);
    }

    /// <summary>Puts a made-up past, or a made-up pause, before what will be measured.</summary>
    public void FillSimulated(IEnumerable<SimulatedSample> past, DateTimeOffset from, DateTimeOffset now)
    {
        lock (_lock)
        {
            var series = _series.FirstSampleAt is null ? new SloSeries(_plan, from) : _series;
            foreach (var (at, good, total) in past)
            {
                series.ResumeAt(at);
                series.RecordEvents(at, good, total);
            }

            series.ResumeAt(now);
            Replace(series, new Dictionary<string, CounterReading>());
        }
    }

    /// <summary>Goes on from a past that was fetched; its last readings are what the next round is held against.</summary>
    public void Adopt(FetchedPast past, DateTimeOffset now)
    {
        lock (_lock)
        {
            past.Series.ResumeAt(now);
            Replace(past.Series, past.Counters);
        }
    }

    /// <summary>An empty series of this objective's shape.</summary>
    public SloSeries NewSeries(DateTimeOffset startAt) => new(_plan, startAt);

    /// <summary>The tiers as they stood in the run before, so that a restart neither ends nor repeats an alert.</summary>
    public void Remember(ImmutableArray<RememberedBurn> burns)
    {
        lock (_lock)
        {
            _burns =
            [
                .. from tier in Policy.Accepted
                   join burn in burns on tier.LongWindow equals burn.LongWindow
                   select new Domain.Alerts.BurnAlert(
                       Facts.Slo.Id, Facts.Objective.Target, tier, new BurnRate(null, BurnUnknown.NoTraffic), new BurnRate(null, BurnUnknown.NoTraffic),
                       0, false, burn.Progress, null),
            ];
        }
    }

    private void Replace(SloSeries series, IReadOnlyDictionary<string, CounterReading> last)
    {
        Attach(series, last);
        series.Exclude(_excluded);
        _trendAt = DateTimeOffset.MinValue;
    }
}
