using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>Fetches the past of an objective from the source by range queries: quarters of an hour for 30 days, minutes for the last three.</summary>
internal sealed class PastFetcher(ISliSource source)
{
    private static readonly TimeSpan UsersReach = TimeSpan.FromDays(14);

    /// <summary>Fetches and adopts it; returns what was wrong as a sentence fragment, or null.</summary>
    public async Task<string?> FetchAsync(ObjectiveMeter meter, CancellationToken cancellationToken)
    {
        var now = source.Now;
        var (start, middle) = (now - PastKeeper.Reach, now - SeriesPlan.FineReach);
        var series = meter.NewSeries(start);
        var bank = meter.Facts.Indicator is Indicator.EventRatio { Counter: true } ratio && meter.Facts.Slo.Method == BudgetingMethod.Occurrences
            ? new CounterBank(series, null, ratio.GoodQuery is null)
            : null;
        if (bank is null && meter.Facts.Indicator is Indicator.EventRatio) return null;

        foreach (var (from, to, step) in new[] { (start, middle, SeriesPlan.CoarseBucket), (middle, source.Now, SeriesPlan.FineBucket) })
        {
            var part = await source.RangeAsync(meter.Queries.Part, from, to, step, cancellationToken);
            if (part is SliRange.Gap gap) return gap.Why;
            var total = meter.Queries.Total is { } query ? await source.RangeAsync(query, from, to, step, cancellationToken) : null;
            if (total is SliRange.Gap other) return other.Why;
            if (bank is not null) Count(bank, series, (SliRange.Tracks)part, (SliRange.Tracks)total!);
            else Judge(meter.Facts, series, (SliRange.Tracks)part, step);
        }

        if (series.FirstSampleAt is null) return null;
        meter.Adopt(new FetchedPast(series, bank?.Last ?? new Dictionary<string, CounterReading>()), source.Now);
        return null;
    }

    /// <summary>Learns how many people are usual from the last two weeks.</summary>
    public async Task FetchUsersAsync(string query, UserRhythm users, CancellationToken cancellationToken)
    {
        var now = source.Now;
        if (await source.RangeAsync(query, now - UsersReach, now, TimeSpan.FromHours(1), cancellationToken) is not SliRange.Tracks { Elements: [var only] }) return;
        foreach (var point in only.Points.Where(point => double.IsFinite(point.Value))) users.Learn(point.At, point.Value);
    }

    /// <summary>Counters as they were read at each instant, all instances of it together. An instance without a part then has counted none.</summary>
    private static void Count(CounterBank bank, SloSeries series, SliRange.Tracks part, SliRange.Tracks total)
    {
        var parts = Finite(part).ToLookup(each => (each.At, each.Instance), each => each.Value);
        var known = parts.Select(group => group.Key.Instance).ToHashSet(StringComparer.Ordinal);
        foreach (var instant in Finite(total).GroupBy(each => each.At).OrderBy(group => group.Key))
        {
            series.ResumeAt(instant.Key);
            var pairs = ImmutableDictionary.CreateBuilder<string, (double, double)>(StringComparer.Ordinal);
            foreach (var (_, instance, all) in instant)
            {
                var counted = parts[(instant.Key, instance)].ToList();
                if (counted.Count == 0 && known.Contains(instance)) continue;
                pairs[instance] = (counted.FirstOrDefault(), all);
            }

            if (known.Count > 0) bank.Record(instant.Key, pairs.ToImmutable());
        }
    }

    /// <summary>One look speaks for its whole step, so that an old stretch weighs as much as a new one of the same length.</summary>
    private static void Judge(ObjectiveFacts facts, SloSeries series, SliRange.Tracks figures, TimeSpan step)
    {
        if (figures.Elements is not [var only]) return;
        var slices = facts.Slo.Method == BudgetingMethod.Occurrences ? 1 : step / (facts.Objective.TimeSliceWindow ?? SeriesPlan.FineBucket);
        foreach (var (at, value) in only.Points)
        {
            if (GoodShare(facts, value) is not { } good) continue;
            series.ResumeAt(at);
            series.RecordEvents(at, good * slices, slices);
        }
    }

    private static double? GoodShare(ObjectiveFacts facts, double value) => facts.Indicator switch
    {
        Indicator.RawRatio raw => value is >= 0 and <= 1 ? (raw.Type == RawRatioType.Success ? value : 1 - value) : null,
        _ when !double.IsFinite(value) => null,
        _ => facts.Slo.KeepsBound(facts.Objective, value) is { } keeps ? (keeps ? 1 : 0) : null,
    };

    private static IEnumerable<(DateTimeOffset At, string Instance, double Value)> Finite(SliRange.Tracks tracks) =>
        from track in tracks.Elements
        from point in track.Points
        where double.IsFinite(point.Value) && point.Value >= 0
        select (point.At, track.Labels[SliAnswers.InstanceLabel] ?? "", point.Value);
}
