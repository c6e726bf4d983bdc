using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Prometheus;

/// <summary>Turns the answer to one signal's query into measurements: a figure, or a gap that says what was there instead.</summary>
internal static class SignalAnswers
{
    private const int NamedSeries = 3;

    /// <summary>Entries of a <see cref="MetricsReading"/> for one signal, and what is odd about the answer.</summary>
    public static (ImmutableArray<KeyValuePair<string, Measurement>> Entries, ImmutableArray<string> Warnings) Read(
        SignalQuery query, PrometheusAnswer<PrometheusSample> answer) => answer switch
        {
            PrometheusAnswer<PrometheusSample>.Answered { Series.IsEmpty: true } empty => (One(query, Measurement.Missing("the query found no data")), Named(query, empty)),
            PrometheusAnswer<PrometheusSample>.Answered full when query.ByLabel is null => (One(query, Single(query, full.Series)), Named(query, full)),
            PrometheusAnswer<PrometheusSample>.Answered full => Split(query, query.ByLabel, full),
            PrometheusAnswer<PrometheusSample>.Refused refused => (One(query, Measurement.Missing(refused.Reason)), []),
            PrometheusAnswer<PrometheusSample>.Unavailable silent => (One(query, Measurement.Missing($"Prometheus {silent.Reason}")), []),
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        };

    private static ImmutableArray<KeyValuePair<string, Measurement>> One(SignalQuery query, Measurement measurement) => [new(query.Id, measurement)];

    private static ImmutableArray<string> Named(SignalQuery query, PrometheusAnswer<PrometheusSample>.Answered answer) =>
        [.. answer.Warnings.Select(warning => $"{query.Id}: {warning}")];

    private static Measurement Single(SignalQuery query, ImmutableArray<PrometheusSample> samples) => samples.Length == 1
        ? Figure(query, samples[0].Value)
        : Measurement.Missing($"the query found {samples.Length} series where one is expected: {Some(samples)}");

    private static (ImmutableArray<KeyValuePair<string, Measurement>>, ImmutableArray<string>) Split(
        SignalQuery query, string label, PrometheusAnswer<PrometheusSample>.Answered answer)
    {
        var strangers = answer.Series.Where(sample => !sample.Labels.ContainsKey(label)).ToImmutableArray();
        var warnings = Named(query, answer);
        if (strangers.Length == answer.Series.Length)
            return (One(query, Measurement.Missing($"no series carries the label {label}: {Some(strangers)}")), warnings);

        if (strangers.Length > 0) warnings = warnings.Add($"{query.Id}: series without the label {label} left out: {Some(strangers)}");
        return (
            [.. answer.Series
                .Where(sample => sample.Labels.ContainsKey(label))
                .GroupBy(sample => sample.Labels[label], StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create($"{query.Id}{{{group.Key}}}", Single(query, [.. group])))],
            warnings);
    }

    private static Measurement Figure(SignalQuery query, double? value) => value switch
    {
        null => Measurement.Missing("the sample is a native histogram, not a number"),
        { } number when double.IsFinite(number) => Measurement.Of(number),
        { } number when double.IsNaN(number) => Measurement.Missing(
            IsQuantile(query) ? "no traffic in the window"
            : query.PromQl.Contains('/') ? "nothing to divide by in the window (NaN)"
            : "the source answered NaN"),
        _ => Measurement.Missing(IsQuantile(query) ? "beyond the last histogram bucket" : "infinite: divided by zero or overflowed"),
    };

    private static bool IsQuantile(SignalQuery query) => query.PromQl.Contains("histogram_quantile", StringComparison.Ordinal);

    private static string Some(ImmutableArray<PrometheusSample> samples)
    {
        var named = samples.Take(NamedSeries).Select(sample => $"{{{string.Join(", ", sample.Labels.Select(label => $"{label.Key}={label.Value}"))}}}");
        return Failure.Quote(string.Join(", ", named) + (samples.Length > NamedSeries ? ", …" : ""));
    }
}
