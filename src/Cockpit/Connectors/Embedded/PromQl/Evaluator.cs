using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Alerts;

namespace Cockpit.Connectors.Embedded.PromQl;

/// <summary>Evaluates an expression over the newest pages as Prometheus would, except that rates are not extrapolated to the window's edges.</summary>
internal sealed class Evaluator(SeriesPages pages)
{
    /// <exception cref="UnsupportedQueryException">The expression is more than is evaluated here.</exception>
    public ImmutableArray<LabelledValue> Evaluate(Expression expression) => expression switch
    {
        Expression.Number number => [new LabelledValue(LabelSet.Empty, number.Value)],
        Expression.Selector { Window: null } selector => [.. pages.Now(selector)],
        Expression.Selector => throw new UnsupportedQueryException("a window needs a function around it"),
        Expression.Aggregation aggregation => Aggregate(aggregation),
        Expression.Call call => Call(call),
        Expression.Binary binary => Combine(binary),
        _ => throw new UnsupportedQueryException("the simulation does not know this expression"),
    };

    private ImmutableArray<LabelledValue> Call(Expression.Call call) => (call.Function, call.Arguments) switch
    {
        ("rate", [Expression.Selector { Window: not null } selector]) => [.. pages.Rate(selector)],
        ("increase", [Expression.Selector { Window: { } window } selector]) =>
            [.. pages.Rate(selector).Select(each => each with { Value = each.Value * window.TotalSeconds })],
        ("vector", [Expression.Number number]) => Evaluate(number),
        ("abs", [var of]) => [.. Evaluate(of).Select(each => each with { Value = Math.Abs(each.Value) })],
        ("absent", [var of]) => Evaluate(of).IsEmpty ? [new LabelledValue(LabelSet.Empty, 1)] : [],
        ("histogram_quantile", [Expression.Number rank, var of]) => Quantile(rank.Value, Evaluate(of)),
        _ => throw new UnsupportedQueryException($"the simulation does not evaluate {call.Function}() with these arguments"),
    };

    private ImmutableArray<LabelledValue> Aggregate(Expression.Aggregation aggregation) =>
    [
        .. Evaluate(aggregation.Of).GroupBy(each => Group(aggregation, each.Labels)).Select(group => new LabelledValue(group.Key, aggregation.Function switch
        {
            "sum" => group.Sum(each => each.Value),
            "avg" => group.Average(each => each.Value),
            "min" => group.Min(each => each.Value),
            "max" => group.Max(each => each.Value),
            _ => group.Count(),
        })),
    ];

    private static LabelSet Group(Expression.Aggregation aggregation, LabelSet labels) =>
        !aggregation.Without && aggregation.Labels.IsEmpty
            ? LabelSet.Empty
            : new LabelSet(labels.Where(label => aggregation.Labels.Contains(label.Key) != aggregation.Without));

    private ImmutableArray<LabelledValue> Combine(Expression.Binary binary)
    {
        var (left, right) = (Evaluate(binary.Left), Evaluate(binary.Right));
        if (binary.Operator == "or")
        {
            var there = left.Select(each => each.Labels).ToHashSet();
            return [.. left, .. right.Where(each => !there.Contains(each.Labels))];
        }

        if (binary.Right is Expression.Number bound) return [.. left.Select(each => Apply(binary.Operator, each, bound.Value, each.Value)).OfType<LabelledValue>()];
        if (binary.Left is Expression.Number number) return [.. right.Select(each => Apply(binary.Operator, each with { Value = number.Value }, each.Value, each.Value)).OfType<LabelledValue>()];
        var others = right.GroupBy(each => each.Labels).ToDictionary(group => group.Key, group => group.First().Value);
        return [.. left.Select(each => others.TryGetValue(each.Labels, out var other) ? Apply(binary.Operator, each, other, each.Value) : null).OfType<LabelledValue>()];
    }

    /// <summary>The result of one pair; nothing when a comparison does not hold. A comparison that holds keeps the vector's figure.</summary>
    private static LabelledValue? Apply(string sign, LabelledValue left, double right, double kept) => sign switch
    {
        "+" => left with { Value = left.Value + right },
        "-" => left with { Value = left.Value - right },
        "*" => left with { Value = left.Value * right },
        "/" => left with { Value = left.Value / right },
        _ => Holds(sign, left.Value, right) ? left with { Value = kept } : null,
    };

    private static bool Holds(string sign, double left, double right) => sign switch
    {
        ">" => left > right,
        "<" => left < right,
        ">=" => left >= right,
        "<=" => left <= right,
        "==" => left == right,
        _ => left != right,
    };

    private static ImmutableArray<LabelledValue> Quantile(double rank, ImmutableArray<LabelledValue> buckets) =>
    [
        .. buckets.Where(bucket => bucket.Labels["le"] is not null).GroupBy(bucket => bucket.Labels.Without("le"))
            .Select(group => new LabelledValue(group.Key, Quantile(rank, [.. group.Select(Bound).OrderBy(bucket => bucket.UpTo)]))),
    ];

    private static (double UpTo, double Count) Bound(LabelledValue bucket) =>
        (bucket.Labels["le"] is "+Inf" ? double.PositiveInfinity : double.Parse(bucket.Labels["le"]!, CultureInfo.InvariantCulture), bucket.Value);

    private static double Quantile(double rank, (double UpTo, double Count)[] buckets)
    {
        if (buckets.Length < 2 || !double.IsInfinity(buckets[^1].UpTo) || buckets[^1].Count <= 0) return double.NaN;
        var wanted = rank * buckets[^1].Count;
        var index = Array.FindIndex(buckets, bucket => bucket.Count >= wanted);
        if (index < 0 || index == buckets.Length - 1) return buckets[^2].UpTo;
        var (low, below) = index == 0 ? (0, 0) : buckets[index - 1];
        return buckets[index].Count <= below ? buckets[index].UpTo : low + ((buckets[index].UpTo - low) * ((wanted - below) / (buckets[index].Count - below)));
    }
}
