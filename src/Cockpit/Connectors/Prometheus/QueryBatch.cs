using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cockpit.Domain.Alerts;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Connectors.Prometheus;

/// <summary>Several queries as one: a request costs both sides more than the look-up it asks for.</summary>
/// <remarks>
/// <code>
/// label_replace(
/// sum by (instance) (requests_total)
/// , "cockpit_query", "0", "", "") or label_replace(…, "cockpit_query", "1", "", "")
/// </code>
/// The number keeps the parts apart, so that <c>or</c> drops nothing; the line ends keep a comment at a query's end from swallowing what follows.
/// A query that yields a scalar, or one that fails, makes the whole fail: then they are asked in halves.
/// </remarks>
internal static class QueryBatch
{
    private const string Number = "cockpit_query";

    /// <summary>One query that answers all; a single one stays as it is.</summary>
    public static string Join(ImmutableArray<string> queries) => queries is [var only] ? only : Join(queries, 0, queries.Length);

    /// <summary>What each of them answered, in their order.</summary>
    public static ImmutableArray<SliAnswer> Part(ImmutableArray<string> queries, ImmutableArray<PrometheusSample> samples)
    {
        if (queries.Length == 1) return [Answer(samples)];
        var parts = samples.ToLookup(sample => sample.Labels.GetValueOrDefault(Number, ""), StringComparer.Ordinal);
        return [.. queries.Select((_, index) => Answer(parts[Text(index)]))];
    }

    /// <summary>Joined as a balanced tree: a chain would copy its left side once for each query.</summary>
    private static string Join(ImmutableArray<string> queries, int from, int to)
    {
        if (to - from == 1) return $"label_replace(\n{queries[from]}\n, \"{Number}\", \"{Text(from)}\", \"\", \"\")";
        var middle = (from + to) / 2;
        return new StringBuilder("(").Append(Join(queries, from, middle)).Append(" or ").Append(Join(queries, middle, to)).Append(')').ToString();
    }

    private static SliAnswer Answer(IEnumerable<PrometheusSample> samples)
    {
        var figures = ImmutableArray.CreateBuilder<LabelledValue>();
        foreach (var sample in samples)
        {
            if (sample.Value is not { } value) return new SliAnswer.Gap("the sample is a native histogram, not a number");
            figures.Add(new LabelledValue(new LabelSet(sample.Labels.Remove(Number)), value));
        }

        return new SliAnswer.Figures(figures.DrainToImmutable());
    }

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which queries are asked together. What failed together is asked in halves from then on, until the one that fails stands alone.</summary>
internal sealed class QueryBatches
{
    private const int Most = 32;

    /// <summary>Rounds after which all are joined anew: a query that failed for a while need not stand alone for ever. An hour.</summary>
    private const int RejoinAfter = 240;

    private readonly Lock _lock = new();
    private ImmutableArray<string> _queries = [];
    private ImmutableArray<ImmutableArray<string>> _batches = [];
    private int _rounds;

    /// <summary>The batches of a round.</summary>
    public ImmutableArray<ImmutableArray<string>> Of(IReadOnlyCollection<string> queries)
    {
        lock (_lock)
        {
            if (_rounds++ % RejoinAfter == 0 || !_queries.SequenceEqual(queries))
            {
                _queries = [.. queries];
                _batches = [.. _queries.Chunk(Most).Select(chunk => chunk.ToImmutableArray())];
            }

            return _batches;
        }
    }

    /// <summary>The halves of a batch of at least two, which take its place.</summary>
    public ImmutableArray<ImmutableArray<string>> Halve(ImmutableArray<string> batch)
    {
        var middle = batch.Length / 2;
        ImmutableArray<ImmutableArray<string>> halves = [batch[..middle], batch[middle..]];
        lock (_lock)
        {
            if (_batches.IndexOf(batch) is >= 0 and var index) _batches = _batches.RemoveAt(index).InsertRange(index, halves);
        }

        return halves;
    }
}
