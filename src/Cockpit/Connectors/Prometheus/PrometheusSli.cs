using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Connectors.Prometheus;

/// <summary>Objectives and rules as Prometheus answers, a few queries at a time whatever the number of viewers.</summary>
internal sealed class PrometheusSli(PrometheusClient client, TimeProvider clock) : ISliSource
{
    /// <summary>Queries under way at once, out of courtesy to the server.</summary>
    private const int Concurrency = 4;

    /// <summary>Failures in a row after which the server counts as away for the rest of the round.</summary>
    private const int AwayAfter = 4;

    /// <summary>
    /// How far behind now a round is evaluated: a scrape carries the time it began and is there only when it has ended. Good events of one
    /// scrape held against all events of the next would invent bad ones.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RoundAtMost = TimeSpan.FromSeconds(10);

    public string Name => "Prometheus";

    public bool IsSimulated => false;

    public DateTimeOffset Now => clock.GetUtcNow();

    public double Speed => 1;

    public async Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow() - Settling;
        var answers = new ConcurrentDictionary<string, SliAnswer>(StringComparer.Ordinal);
        var failures = 0;
        using var deadline = new CancellationTokenSource(RoundAtMost, clock);
        using var round = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var pace = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = round.Token };
            await Parallel.ForEachAsync(queries, pace, async (query, token) =>
            {
                // A server that is away answers none of the rest either; asking each would take minutes.
                if (Volatile.Read(ref failures) >= AwayAfter) return;
                var answer = await client.QueryAsync(query, at, token);
                if (answer is PrometheusAnswer<PrometheusSample>.Unavailable) Interlocked.Increment(ref failures);
                else Interlocked.Exchange(ref failures, 0);
                answers[query] = Translate(answer);
            });
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What was learnt before the round's end must not be lost.
        }

        var away = answers.Values.OfType<SliAnswer.Gap>().LastOrDefault() ?? new SliAnswer.Gap($"Prometheus {Failure.Timeout}");
        foreach (var query in queries) answers.TryAdd(query, away);
        return new SliRound(at, answers);
    }

    public async Task<SliRange> RangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        await client.QueryRangeAsync(query, from, to, step, cancellationToken) switch
        {
            PrometheusAnswer<PrometheusSeries>.Answered answered => new SliRange.Tracks(
                [.. answered.Series.Select(series => new SliTrack(new LabelSet(series.Labels), [.. series.Points.Select(point => new SliPoint(point.At, point.Value))]))]),
            PrometheusAnswer<PrometheusSeries>.Refused refused => new SliRange.Gap($"Prometheus refused the query: {refused.Reason}"),
            PrometheusAnswer<PrometheusSeries>.Unavailable silent => new SliRange.Gap($"Prometheus {silent.Reason}"),
            _ => throw new InvalidOperationException("Prometheus gave an answer nobody knows."),
        };

    private static SliAnswer Translate(PrometheusAnswer<PrometheusSample> answer) => answer switch
    {
        PrometheusAnswer<PrometheusSample>.Answered { Series: var series } when series.Any(sample => sample.Value is null) =>
            new SliAnswer.Gap("the sample is a native histogram, not a number"),
        PrometheusAnswer<PrometheusSample>.Answered { Series: var series } =>
            new SliAnswer.Figures([.. series.Select(sample => new LabelledValue(new LabelSet(sample.Labels), sample.Value!.Value))]),
        PrometheusAnswer<PrometheusSample>.Refused refused => new SliAnswer.Gap($"Prometheus refused the query: {refused.Reason}"),
        PrometheusAnswer<PrometheusSample>.Unavailable silent => new SliAnswer.Gap($"Prometheus {silent.Reason}"),
        _ => throw new InvalidOperationException("Prometheus gave an answer nobody knows."),
    };
}

/// <summary>Stands in where no Prometheus is configured: every objective is unknown, and says so.</summary>
internal sealed class NoSli(TimeProvider clock) : ISliSource
{
    private const string Why = "Prometheus is not configured";

    public string Name => "Prometheus";

    public bool IsSimulated => false;

    public DateTimeOffset Now => clock.GetUtcNow();

    public double Speed => 1;

    public Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken) => Task.FromResult(new SliRound(
        clock.GetUtcNow(), queries.ToImmutableDictionary(query => query, SliAnswer (_) => new SliAnswer.Gap(Why), StringComparer.Ordinal)));

    public Task<SliRange> RangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        Task.FromResult<SliRange>(new SliRange.Gap(Why));
}
