using Cockpit.Domain.Alerts;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Objectives;

/// <summary>A source that answers what a test tells it to.</summary>
internal sealed class FakeSource(FakeClock clock, bool isSimulated = false) : ISliSource
{
    public Dictionary<string, SliAnswer> Answers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Func<DateTimeOffset, double>> Past { get; } = new(StringComparer.Ordinal);

    public string Name => "Fake";

    public bool IsSimulated => isSimulated;

    public DateTimeOffset Now => clock.GetUtcNow();

    public double Speed { get; set; } = 1;

    public bool RangesAreAway { get; set; }

    public int Rounds { get; private set; }

    public FakeSource Say(string query, params double[] values)
    {
        Answers[query] = new SliAnswer.Figures([.. values.Select(value => new LabelledValue(LabelSet.Empty, value))]);
        return this;
    }

    public FakeSource Say(string query, params (string Instance, double Value)[] counters)
    {
        Answers[query] = new SliAnswer.Figures([.. counters.Select(each => new LabelledValue(new LabelSet(("instance", each.Instance)), each.Value))]);
        return this;
    }

    public Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken)
    {
        Rounds++;
        return Task.FromResult(new SliRound(Now, Answers.Where(answer => queries.Contains(answer.Key)).ToDictionary(StringComparer.Ordinal)));
    }

    public Task<SliRange> RangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken)
    {
        if (RangesAreAway) return Task.FromResult<SliRange>(new SliRange.Gap("the server is away"));
        if (!Past.TryGetValue(query, out var at)) return Task.FromResult<SliRange>(new SliRange.Tracks([]));
        var first = new DateTimeOffset((from.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks, TimeSpan.Zero);
        var points = new List<SliPoint>();
        for (var instant = first; instant < to; instant += step) points.Add(new SliPoint(instant, at(instant)));
        return Task.FromResult<SliRange>(new SliRange.Tracks([new SliTrack(LabelSet.Empty, [.. points])]));
    }
}

/// <summary>An archive in memory.</summary>
internal sealed class FakeArchive : ISliArchive
{
    public Dictionary<string, ArchivedSeries> Kept { get; } = new(StringComparer.Ordinal);

    public string? Notes { get; private set; }

    public Task<SliArchiveContents> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SliArchiveContents([.. Kept.Values], Notes));

    public Task SaveAsync(IReadOnlyList<ArchivedSeries> series, string? notes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var each in series) Kept[each.Key] = each;
        Notes = notes;
        return Task.CompletedTask;
    }
}
