using System.Collections.Concurrent;
using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Connectors.Prometheus;

/// <summary>Objectives and rules as Prometheus answers, many queries a request and a few requests at a time whatever the number of viewers.</summary>
internal sealed class PrometheusSli(PrometheusClient client, TimeProvider clock) : ISliSource
{
    /// <summary>Requests under way at once, out of courtesy to the server.</summary>
    private const int Concurrency = 4;

    /// <summary>Failures in a row after which the server counts as away for the rest of the round.</summary>
    private const int AwayAfter = 4;

    /// <summary>
    /// How far behind now a round is evaluated: a scrape carries the time it began and is there only when it has ended. Good events of one
    /// scrape held against all events of the next would invent bad ones.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RoundAtMost = TimeSpan.FromSeconds(10);

    private readonly QueryBatches _batches = new();

    public string Name => "Prometheus";

    public bool IsSimulated => false;

    public DateTimeOffset Now => clock.GetUtcNow();

    public double Speed => 1;

    public async Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken)
    {
        var round = new Round(clock.GetUtcNow() - Settling);
        using var deadline = new CancellationTokenSource(RoundAtMost, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var pace = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = bounded.Token };
            await Parallel.ForEachAsync(_batches.Of(queries), pace, (batch, token) => new ValueTask(AskAsync(batch, round, token)));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What was learnt before the round's end must not be lost.
        }

        // A server that answers some and is silent on others chokes on these: they are asked in smaller parts next time.
        if (round.Answers.Values.Any(answer => answer is SliAnswer.Figures))
            foreach (var choked in round.Silent.Where(batch => batch.Length > 1)) _batches.Halve(choked);

        var away = round.Answers.Values.OfType<SliAnswer.Gap>().LastOrDefault() ?? new SliAnswer.Gap($"Prometheus {Failure.Timeout}");
        foreach (var query in queries) round.Answers.TryAdd(query, away);
        return new SliRound(round.At, round.Answers);
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

    private async Task AskAsync(ImmutableArray<string> batch, Round round, CancellationToken cancellationToken)
    {
        // A server that is away answers none of the rest either; asking each would take minutes.
        if (Volatile.Read(ref round.Failures) >= AwayAfter) return;
        var answer = await client.QueryAsync(QueryBatch.Join(batch), round.At, cancellationToken);
        if (answer is PrometheusAnswer<PrometheusSample>.Unavailable) Interlocked.Increment(ref round.Failures);
        else Interlocked.Exchange(ref round.Failures, 0);
        switch (answer)
        {
            case PrometheusAnswer<PrometheusSample>.Answered answered:
                foreach (var (query, part) in batch.Zip(QueryBatch.Part(batch, answered.Series))) round.Answers[query] = part;
                break;
            case PrometheusAnswer<PrometheusSample>.Refused when batch.Length > 1:
                foreach (var half in _batches.Halve(batch)) await AskAsync(half, round, cancellationToken);
                break;
            case PrometheusAnswer<PrometheusSample>.Refused refused:
                round.Answers[batch[0]] = new SliAnswer.Gap($"Prometheus refused the query: {refused.Reason}");
                break;
            case PrometheusAnswer<PrometheusSample>.Unavailable silent:
                round.Silent.Add(batch);
                foreach (var query in batch) round.Answers[query] = new SliAnswer.Gap($"Prometheus {silent.Reason}");
                break;
            default:
                throw new InvalidOperationException("Prometheus gave an answer nobody knows.");
        }
    }

    /// <summary>What is learnt while a round is under way.</summary>
    private sealed class Round(DateTimeOffset at)
    {
        public int Failures;

        public DateTimeOffset At => at;

        public ConcurrentDictionary<string, SliAnswer> Answers { get; } = new(StringComparer.Ordinal);

        public ConcurrentBag<ImmutableArray<string>> Silent { get; } = [];
    }
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
