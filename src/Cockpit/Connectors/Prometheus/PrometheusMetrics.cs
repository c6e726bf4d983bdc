using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Prometheus;

/// <summary>Asks every signal's query in one round, which in all takes no longer than the client's timeout.</summary>
/// <remarks>A query that fails is a gap; a round in which every query fails is a source that is unavailable.</remarks>
public sealed class PrometheusMetrics(IReadOnlyList<SignalQuery> queries, PrometheusClient client, TimeProvider clock) : ISource<MetricsReading>
{
    /// <summary>Queries under way at once, out of courtesy to the server.</summary>
    private const int Concurrency = 4;

    public string Name => "Prometheus";

    public async Task<Observation<MetricsReading>> ReadAsync(CancellationToken cancellationToken)
    {
        if (queries.Count == 0) throw new SourceUnavailableException("the catalog names no signal to ask Prometheus for");

        var askedAt = clock.GetUtcNow();
        using var deadline = new CancellationTokenSource(client.Timeout, clock);
        using var round = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var turns = new SemaphoreSlim(Concurrency);
        var answers = await Task.WhenAll(queries.Select(query => AskAsync(query, turns, round.Token)));

        if (!answers.Any(answer => answer is PrometheusAnswer<PrometheusSample>.Answered)) throw Unavailable(answers);

        var signals = ImmutableDictionary.CreateBuilder<string, Measurement>(StringComparer.Ordinal);
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var (query, answer) in queries.Zip(answers))
        {
            var (entries, odd) = SignalAnswers.Read(query, answer);
            foreach (var (key, measurement) in entries) signals[key] = measurement;
            warnings.AddRange(odd);
        }

        return new(new(signals.ToImmutable(), warnings.ToImmutable()), askedAt, Name);
    }

    // The round's end is an answer too: what was learnt before it must not be lost.
    private async Task<PrometheusAnswer<PrometheusSample>> AskAsync(SignalQuery query, SemaphoreSlim turns, CancellationToken round)
    {
        try
        {
            await turns.WaitAsync(round);
            try
            {
                return await client.QueryAsync(query.PromQl, round);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return new PrometheusAnswer<PrometheusSample>.Unavailable(Failure.Timeout);
        }
    }

    private static SourceUnavailableException Unavailable(IReadOnlyList<PrometheusAnswer<PrometheusSample>> answers)
    {
        var reasons = answers
            .Select(answer => answer switch
            {
                PrometheusAnswer<PrometheusSample>.Unavailable silent => $"Prometheus {silent.Reason}",
                PrometheusAnswer<PrometheusSample>.Refused refused => $"Prometheus refused every query, first with {refused.Reason}",
                _ => throw new ArgumentOutOfRangeException(nameof(answers)),
            })
            .GroupBy(reason => reason, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ToList();
        return new(reasons[0].Key);
    }
}
