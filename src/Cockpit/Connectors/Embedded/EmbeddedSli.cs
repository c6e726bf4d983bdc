using Cockpit.Connectors.Embedded.PromQl;
using Cockpit.Estate;
using Cockpit.Estate.Exporter;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Connectors.Embedded;

/// <summary>Answers objectives' queries from the simulated estate's own exporter page, as a Prometheus that scrapes it would.</summary>
internal sealed class EmbeddedSli(EmbeddedEstate estate) : ISliSource
{
    private readonly Lock _lock = new();
    private readonly SeriesPages _pages = new();
    private readonly Dictionary<string, (Expression? Expression, string? Why)> _parsed = new(StringComparer.Ordinal);


    public string Name => EmbeddedEstate.SourceName;

    public bool IsSimulated => true;

    public DateTimeOffset Now => estate.Now;

    public double Speed => estate.Speed;

    public Task<SliRound> ReadAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var (at, page) = estate.Use(simulated => (simulated.Now, Page(simulated)));
            _pages.Add(at, page);
            var evaluator = new Evaluator(_pages);
            return Task.FromResult(new SliRound(at, queries.ToDictionary(query => query, query => Answer(query, evaluator), StringComparer.Ordinal)));
        }
    }

    /// <summary>The simulation remembers no more than it shows; its past is imagined instead.</summary>
    public Task<SliRange> RangeAsync(string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        Task.FromResult<SliRange>(new SliRange.Gap("the simulated estate keeps no past"));

    /// <summary>What a scrape would hold, and what Prometheus itself adds to it.</summary>
    private static string Page(SimulatedEstate simulated) =>
        MetricsExposition.Write(simulated) + "up{job=\"quantx-api\",instance=\"quantx-api:8080\"} 1\n";

    private SliAnswer Answer(string query, Evaluator evaluator)
    {
        if (!_parsed.TryGetValue(query, out var parsed)) _parsed[query] = parsed = Parse(query);
        if (parsed.Expression is null) return new SliAnswer.Gap(parsed.Why!);
        try
        {
            return new SliAnswer.Figures(evaluator.Evaluate(parsed.Expression));
        }
        catch (UnsupportedQueryException unsupported)
        {
            return new SliAnswer.Gap(unsupported.Message);
        }
    }

    private static (Expression? Expression, string? Why) Parse(string query)
    {
        try
        {
            return (Parser.Parse(query), null);
        }
        catch (UnsupportedQueryException unsupported)
        {
            return (null, unsupported.Message);
        }
    }
}
