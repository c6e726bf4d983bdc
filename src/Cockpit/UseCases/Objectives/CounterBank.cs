using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>The counters of one objective, one feed an instance, so that an instance that restarts is not taken for all of them.</summary>
internal sealed class CounterBank(SloSeries series, SliceFeed? slices, bool partIsBad)
{
    private readonly Dictionary<string, CounterFeed> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CounterReading> _last = new(StringComparer.Ordinal);

    /// <summary>The reading that each instance's next one is held against.</summary>
    public IReadOnlyDictionary<string, CounterReading> Last => slices is null
        ? _feeds.Where(feed => feed.Value.Last is not null).ToDictionary(feed => feed.Key, feed => feed.Value.Last!)
        : _last;

    public void Remember(string instance, CounterReading last)
    {
        if (slices is null) _feeds[instance] = new CounterFeed(series, partIsBad, last);
        else _last[instance] = last;
    }

    public void Record(DateTimeOffset at, ImmutableDictionary<string, (double Part, double Total)> counters)
    {
        Forget(at);
        if (slices is null)
        {
            foreach (var (instance, (part, total)) in counters)
            {
                if (!_feeds.TryGetValue(instance, out var feed)) _feeds[instance] = feed = new CounterFeed(series, partIsBad);
                feed.Record(new CounterReading(at, part, total));
            }

            return;
        }

        var (good, all, seen) = (0.0, 0.0, false);
        foreach (var (instance, (part, total)) in counters)
        {
            if (_last.TryGetValue(instance, out var last) && last.At < at)
            {
                var grown = CounterFeed.Growth(last.Total, total);
                var grownPart = CounterFeed.Growth(last.Part, part);
                (good, all, seen) = (good + Math.Clamp(partIsBad ? grown - grownPart : grownPart, 0, grown), all + grown, true);
            }

            _last[instance] = new CounterReading(at, part, total);
        }

        if (seen) slices.Record(at, good, all);
    }

    private void Forget(DateTimeOffset at)
    {
        foreach (var gone in _feeds.Where(feed => at - feed.Value.Last?.At > CounterFeed.LongestGap).Select(feed => feed.Key).ToList()) _feeds.Remove(gone);
        foreach (var gone in _last.Where(last => at - last.Value.At > CounterFeed.LongestGap).Select(last => last.Key).ToList()) _last.Remove(gone);
    }
}
