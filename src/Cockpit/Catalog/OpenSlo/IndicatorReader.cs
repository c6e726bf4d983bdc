using System.Text.Json;
using System.Text.Json.Nodes;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>Reads the <c>spec</c> of an SLI, inline or on its own.</summary>
internal sealed class IndicatorReader(References references)
{
    private const string SourceAccepted = "metricSource with a spec";

    public Indicator? Read(Fields spec)
    {
        var before = spec.Findings.Count;
        spec.OptionalText("description", 1050);
        var threshold = spec.Child("thresholdMetric", required: false);
        var ratio = spec.Child("ratioMetric", required: false);
        Indicator? indicator = null;
        if (threshold is null == ratio is null)
            spec.Findings.Add(spec.Mark, spec.Path, threshold is null ? "names no metric" : "names two metrics", "either thresholdMetric or ratioMetric");
        else if (threshold is not null) indicator = ReadThreshold(threshold);
        else indicator = ReadRatio(ratio!);
        threshold?.Done();
        ratio?.Done();
        spec.Done();
        return spec.Findings.Count == before ? indicator : null;
    }

    private Indicator.Threshold? ReadThreshold(Fields metric)
    {
        if (Source(metric) is not { } source) return null;
        return new Indicator.Threshold(source.Query, null, null, source.Text("unit"));
    }

    private Indicator? ReadRatio(Fields metric)
    {
        var counter = metric.Truth("counter", false);
        var rawType = metric.OptionalText("rawType");
        if (rawType is not (null or "success" or "failure")) metric.Wrong("rawType", $"'{Fields.Shown(rawType)}' is not accepted", "success, failure");
        var good = Part(metric, "good");
        var bad = Part(metric, "bad");
        var total = Part(metric, "total");
        var raw = Part(metric, "raw");
        if (metric.Has("raw"))
        {
            foreach (var other in (string[])["good", "bad", "total"])
                if (metric.Has(other)) metric.Wrong(other, "stands beside raw", "either raw, or total with good or bad");
            if (rawType is null && !metric.Has("rawType")) metric.Missing("rawType", "success, failure");
            return raw is null || rawType is null
                ? null
                : new Indicator.RawRatio(raw.Query, rawType == "success" ? RawRatioType.Success : RawRatioType.Failure, counter);
        }

        if (metric.Has("rawType")) metric.Wrong("rawType", "stands without raw", "rawType only beside raw");
        if (!metric.Has("total")) metric.Missing("total", SourceAccepted);
        if (metric.Has("good") && metric.Has("bad")) metric.Wrong("bad", "stands beside good", "either good or bad");
        if (!metric.Has("good") && !metric.Has("bad")) metric.Missing("good", $"{SourceAccepted}, under good or bad");
        if (total is null || (good is null && bad is null) || (good is not null && bad is not null)) return null;
        return new Indicator.EventRatio(good?.Query, bad?.Query, total.Query, counter, total.Text("p95Query"));
    }

    private MetricSource? Part(Fields metric, string name)
    {
        if (metric.Child(name, required: false) is not { } part) return null;
        var source = Source(part);
        part.Done();
        return source;
    }

    private MetricSource? Source(Fields metric)
    {
        if (metric.Child("metricSource") is not { } source) return null;
        var reference = source.OptionalText("metricSourceRef");
        if (reference is not null) references.Check(source, "metricSourceRef", OpenSloKind.DataSource, reference);
        var type = source.OptionalText("type");
        if (reference is null && type is null && !source.Has("type"))
            source.Findings.Add(source.Mark, source.PathOf("type"), "is missing", "a type such as Prometheus, or metricSourceRef");
        if (!source.Has("spec")) source.Missing("spec", "the fields of the data source, for Prometheus a query");
        var spec = source.Raw("spec");
        source.Done();
        if (spec is null) return null;
        if (spec is not Mapping fields)
        {
            source.Wrong("spec", $"is {spec.Kind}", "a mapping of fields");
            return null;
        }

        var resolved = type ?? TypeOf(reference);
        var query = (fields["query"] as Scalar)?.Text;
        if (string.Equals(resolved, "Prometheus", StringComparison.OrdinalIgnoreCase))
        {
            var path = $"{source.PathOf("spec")}.query";
            if (fields["query"] is not Scalar { IsNull: false } text || string.IsNullOrWhiteSpace(text.Text))
                source.Findings.Add(fields.Mark, path, "is missing", "a PromQL query");
            else if (PromQl.Problem(text.Text) is { } problem) source.Findings.Add(text.Mark, path, problem, "a PromQL query");
        }

        return new MetricSource(string.IsNullOrWhiteSpace(query) ? Json(fields).ToJsonString(JsonSerializerOptions.Default) : query, fields);
    }

    private string? TypeOf(string? reference) =>
        reference is not null && references.Find(OpenSloKind.DataSource, reference)?.Document is Mapping source
            ? ((source["spec"] as Mapping)?["type"] as Scalar)?.Text
            : null;

    private static JsonNode Json(Node node) => node switch
    {
        Mapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key.Text, Json(entry.Value)))),
        Sequence sequence => new JsonArray([.. sequence.Items.Select(Json)]),
        _ => JsonValue.Create(((Scalar)node).Text),
    };

    /// <summary>A query in its data source's language; where the source takes no single query, all its fields.</summary>
    private sealed record MetricSource(string Query, Mapping Fields)
    {
        public string? Text(string name) => Fields[name] is Scalar { IsNull: false } scalar ? scalar.Text : null;
    }
}
