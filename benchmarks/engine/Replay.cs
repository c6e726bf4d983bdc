using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.EngineBench;

/// <summary>Goes on from one real round of answers: counters grow by a thousandth a round, figures stay.</summary>
internal sealed class Replay(SliRound first, ObjectivePlan plan, TimeSpan interval) : ISliSource
{
    private readonly HashSet<string> _counters =
    [
        .. from facts in plan.Objectives
           where facts.Indicator is Indicator.EventRatio { Counter: true }
           let queries = ObjectiveQueries.Of(facts.Indicator)
           from query in new[] { queries.Part, queries.Total! }
           select query,
    ];

    public string Name => "replay";

    public bool IsSimulated => false;

    public DateTimeOffset Now => first.At;

    public double Speed => 1;

    /// <summary>So many rounds after the first.</summary>
    public SliRound[] Rounds(int count) => [.. Enumerable.Range(0, count).Select(Round)];

    public Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken) => Task.FromResult(first);

    public Task<SliRange> RangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        Task.FromResult<SliRange>(new SliRange.Tracks([]));

    private SliRound Round(int number) => new(
        first.At + (interval * number),
        first.Answers.ToDictionary(answer => answer.Key, answer => _counters.Contains(answer.Key) ? Grown(answer.Value, 1 + (number * 0.001)) : answer.Value));

    private static SliAnswer Grown(SliAnswer answer, double by) => answer is SliAnswer.Figures figures
        ? new SliAnswer.Figures([.. figures.Elements.Select(each => new LabelledValue(each.Labels, each.Value * by))])
        : answer;
}
