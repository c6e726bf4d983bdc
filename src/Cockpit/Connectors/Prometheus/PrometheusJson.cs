using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Cockpit.Connectors.Prometheus;

/// <summary>The bytes are not an answer of the Prometheus HTTP API.</summary>
internal sealed class MalformedAnswerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads the API's envelope.</summary>
/// <remarks>
/// <code>
/// {"status":"success","data":{"resultType":"vector","result":[{"metric":{"pod":"a"},"value":[1435781451.781,"1"]}]},"warnings":["…"]}
/// {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1435781430,"NaN"],[1435781445,"+Inf"]]}]}}
/// {"status":"error","errorType":"bad_data","error":"parse error: …"}
/// </code>
/// A native histogram has <c>histogram</c> or <c>histograms</c> where the others have <c>value</c> or <c>values</c>.
/// </remarks>
internal static class PrometheusJson
{
    public static PrometheusAnswer<PrometheusSample> ReadInstant(ReadOnlyMemory<byte> body) => Read(body, Samples);

    public static PrometheusAnswer<PrometheusSeries> ReadRange(ReadOnlyMemory<byte> body) => Read(body, Series);

    private static PrometheusAnswer<T> Read<T>(ReadOnlyMemory<byte> body, Func<string, JsonElement, ImmutableArray<T>?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return Member(root, "status").GetString() switch
            {
                "success" => ReadData(root, Member(root, "data"), read),
                "error" => ReadError<T>(root),
                _ => throw new MalformedAnswerException("the status is neither success nor error"),
            };
        }
        // The reader reports text that is not UTF-8, and a value of another kind than expected, as an invalid operation.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new MalformedAnswerException("malformed JSON", malformed);
        }
    }

    private static PrometheusAnswer<T> ReadData<T>(JsonElement root, JsonElement data, Func<string, JsonElement, ImmutableArray<T>?> read)
    {
        var kind = Member(data, "resultType").GetString() ?? "";
        return read(kind, Member(data, "result")) is { } series
            ? new PrometheusAnswer<T>.Answered(series, Notes(root))
            : new PrometheusAnswer<T>.Refused($"the query yields a {Failure.Quote(kind)}, which has no place here");
    }

    private static PrometheusAnswer<T> ReadError<T>(JsonElement root)
    {
        var kind = Optional(root, "errorType")?.GetString();
        var message = Failure.Quote(Optional(root, "error")?.GetString() ?? "no reason given");
        return kind is "bad_data" or "execution" or "timeout" or "canceled" or "not_found"
            ? new PrometheusAnswer<T>.Refused($"{kind}: {message}")
            : new PrometheusAnswer<T>.Unavailable($"{kind ?? "error"}: {message}");
    }

    // "infos" exist since 2.53; they speak about the same answer.
    private static ImmutableArray<string> Notes(JsonElement root) =>
        [.. new[] { "warnings", "infos" }
            .Select(name => Optional(root, name))
            .Where(notes => notes is { ValueKind: JsonValueKind.Array })
            .SelectMany(notes => notes!.Value.EnumerateArray())
            .Select(note => Failure.Quote(note.GetString() ?? ""))];

    private static ImmutableArray<PrometheusSample>? Samples(string resultType, JsonElement result) => resultType switch
    {
        "vector" => [.. result.EnumerateArray().Select(Sample)],
        "scalar" => [Sample(ImmutableSortedDictionary<string, string>.Empty, Pair(result))],
        _ => null,
    };

    private static PrometheusSample Sample(JsonElement series) => Optional(series, "value") is { } value
        ? Sample(Labels(series), Pair(value))
        : new(Labels(series), Instant(First(Member(series, "histogram"))), null);

    private static PrometheusSample Sample(ImmutableSortedDictionary<string, string> labels, (DateTimeOffset At, double Value) pair) =>
        new(labels, pair.At, pair.Value);

    private static ImmutableArray<PrometheusSeries>? Series(string resultType, JsonElement result) => resultType == "matrix"
        ? [.. result.EnumerateArray().Select(series => new PrometheusSeries(Labels(series), Points(series)))]
        : null;

    private static ImmutableArray<PrometheusPoint> Points(JsonElement series)
    {
        if (Optional(series, "values") is not { } values) return [];
        var points = ImmutableArray.CreateBuilder<PrometheusPoint>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            var (at, number) = Pair(value);
            points.Add(new(at, number));
        }

        return points.DrainToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Labels(JsonElement series) =>
        Member(series, "metric").EnumerateObject()
            .Aggregate(
                ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal),
                (labels, label) =>
                {
                    labels[label.Name] = label.Value.GetString() ?? "";
                    return labels;
                })
            .ToImmutable();

    private static (DateTimeOffset At, double Value) Pair(JsonElement pair) =>
        pair.GetArrayLength() == 2 ? (Instant(pair[0]), Number(pair[1])) : throw new MalformedAnswerException("a sample is not a pair");

    private static JsonElement First(JsonElement pair) =>
        pair.GetArrayLength() > 0 ? pair[0] : throw new MalformedAnswerException("a sample is not a pair");

    private static DateTimeOffset Instant(JsonElement seconds)
    {
        var milliseconds = Math.Round(seconds.GetDouble() * 1000);
        return Math.Abs(milliseconds) < 250_000_000_000_000 && milliseconds > -62_000_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : throw new MalformedAnswerException("a timestamp is out of range");
    }

    private static double Number(JsonElement text) => text.GetString() switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var digits when double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new MalformedAnswerException("a value is not a number"),
    };

    private static JsonElement Member(JsonElement parent, string name) =>
        Optional(parent, name) ?? throw new MalformedAnswerException($"there is no \"{name}\"");

    private static JsonElement? Optional(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;
}
