using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>Reads one object of kind SLO, its references resolved.</summary>
internal sealed class SloReader(References references, IReadOnlyDictionary<string, Indicator> indicators)
{
    private readonly IndicatorReader _indicators = new(references);
    private readonly AlertObjects _alerts = new(references);

    public CatalogSlo? Read(OpenSloObject found)
    {
        var findings = found.Findings;
        var before = findings.Count;
        var document = Fields.Of(found.Document, "", findings);
        var metadata = found.Metadata;
        document.Raw("metadata");
        if (document.Child("spec") is not { } spec) return null;
        var description = spec.OptionalText("description", 1050) ?? "";
        var service = spec.Text("service", 255);
        var indicator = IndicatorOf(spec, out var isThreshold);
        var window = WindowReader.Read(spec);
        var method = Method(spec, isThreshold);
        var objectives = Objectives(spec, method, isThreshold);
        _alerts.CheckPolicies(spec);
        spec.Done();
        var minimum = MinimumEvents(metadata, document);
        var keep = KeepFiringFor(metadata, document);
        if (findings.Count != before || indicator is null || objectives.IsEmpty) return null;
        var definition = new SloDefinition(
            new SloId(found.Name), service, metadata.Label("owner"), metadata.DisplayName ?? found.Name, description, objectives,
            method, window, indicator, metadata.Annotation(CatalogAnnotations.Note));
        return new CatalogSlo(
            definition, metadata.Label("critical") == "true", metadata.Label("group"), metadata.Annotation(CatalogAnnotations.Ours), findings.File,
            IsPrometheus(found.Document, definition), minimum, keep);
    }

    private static double MinimumEvents(OpenSloMetadata metadata, Fields document)
    {
        if (metadata.Annotation(CatalogAnnotations.MinimumEvents) is not { } text) return 0;
        if (Numbers.TryParse(text, out var number) && number >= 0) return number;
        Annotation(document, CatalogAnnotations.MinimumEvents, text, "a number of at least 0");
        return 0;
    }

    private static TimeSpan KeepFiringFor(OpenSloMetadata metadata, Fields document)
    {
        if (metadata.Annotation(CatalogAnnotations.KeepFiringFor) is not { } text) return TimeSpan.Zero;
        if (Durations.TryParse(text, out var span)) return span;
        Annotation(document, CatalogAnnotations.KeepFiringFor, text, Durations.Accepted);
        return TimeSpan.Zero;
    }

    private static void Annotation(Fields document, string name, string text, string accepted) =>
        document.Findings.Add(document.MarkOf("metadata"), $"metadata.annotations.{name}", $"'{Fields.Shown(text)}' is not accepted", accepted);

    private Indicator? IndicatorOf(Fields owner, out bool? isThreshold)
    {
        isThreshold = null;
        var reference = owner.OptionalText("indicatorRef");
        if (owner.Has("indicator") == owner.Has("indicatorRef"))
        {
            owner.Findings.Add(
                owner.MarkOf("indicator"), owner.PathOf("indicator"), owner.Has("indicator") ? "stands beside indicatorRef" : "is missing",
                "either indicator or indicatorRef");
            return null;
        }

        if (reference is not null)
        {
            references.Check(owner, "indicatorRef", OpenSloKind.Sli, reference);
            var known = indicators.GetValueOrDefault(reference);
            if (known is not null) isThreshold = known is Indicator.Threshold;
            return known;
        }

        if (owner.Child("indicator") is not { } inline) return null;
        inline.OptionalText("apiVersion");
        if (inline.OptionalText("kind") is { } kind && kind != OpenSloKind.Sli) inline.Wrong("kind", $"'{Fields.Shown(kind)}' is not accepted here", OpenSloKind.Sli);
        OpenSloObject.ReadMetadata(inline, required: false);
        var indicator = inline.Child("spec") is { } spec ? _indicators.Read(spec) : null;
        inline.Done();
        if (indicator is not null) isThreshold = indicator is Indicator.Threshold;
        return indicator;
    }

    private static BudgetingMethod Method(Fields spec, bool? isThreshold)
    {
        const string Accepted = "Occurrences, Timeslices, RatioTimeslices";
        var text = spec.OptionalText("budgetingMethod");
        if (text is not null)
        {
            if (Enum.GetNames<BudgetingMethod>().Contains(text)) return Enum.Parse<BudgetingMethod>(text);
            spec.Wrong("budgetingMethod", $"'{Fields.Shown(text)}' is not accepted", Accepted);
        }
        else if (isThreshold != false && !spec.Has("budgetingMethod"))
        {
            spec.Missing("budgetingMethod", Accepted);
        }
        else if (!spec.Has("budgetingMethod"))
        {
            spec.Findings.Assume(spec.Mark, spec.PathOf("budgetingMethod"), "is missing; Occurrences is assumed for a ratio");
        }

        return BudgetingMethod.Occurrences;
    }

    private ImmutableArray<Objective> Objectives(Fields spec, BudgetingMethod method, bool? isThreshold)
    {
        var objectives = spec.Each("objectives", fields => ReadObjective(fields, method, isThreshold), least: 1);
        if (isThreshold == true && spec.Raw("objectives") is Sequence { Items.Length: > 1 } list)
            spec.Wrong("objectives", $"has {list.Items.Length} items", "exactly one with a thresholdMetric");
        return objectives;
    }

    private Objective ReadObjective(Fields fields, BudgetingMethod method, bool? isThreshold)
    {
        var displayName = fields.OptionalText("displayName");
        var op = OpenSloFields.Operator(fields, "op");
        var value = fields.OptionalNumber("value");
        var target = Target(fields);
        Indicator? own = null;
        if (fields.Has("indicator") || fields.Has("indicatorRef")) own = IndicatorOf(fields, out isThreshold);
        var weight = fields.OptionalNumber("compositeWeight", 0);
        if (isThreshold == true)
        {
            if (!fields.Has("op")) fields.Missing("op", "lt, lte, gt, gte");
            if (!fields.Has("value")) fields.Missing("value", "a number");
        }

        var slice = OpenSloFields.Slice(fields, required: method != BudgetingMethod.Occurrences);
        var sliceTarget = OpenSloFields.Share(fields, "timeSliceTarget");
        if (method == BudgetingMethod.Timeslices && !fields.Has("timeSliceTarget")) fields.Missing("timeSliceTarget", "a number above 0, at most 1");
        if (sliceTarget is { Value: 0 }) fields.Wrong("timeSliceTarget", "is zero, so every slice would be good", "a number above 0, at most 1");
        return new Objective(target, displayName, op, value, sliceTarget, slice, own, weight);
    }

    private static Ratio Target(Fields fields)
    {
        var target = OpenSloFields.Share(fields, "target");
        var percent = OpenSloFields.Share(fields, "targetPercent");
        if (fields.Has("target") == fields.Has("targetPercent"))
        {
            fields.Findings.Add(
                fields.MarkOf("target"), fields.PathOf("target"), fields.Has("target") ? "stands beside targetPercent" : "is missing",
                "either target from 0 to 1 or targetPercent from 0 to 100");
        }

        return target ?? percent ?? Ratio.Zero;
    }

    private bool IsPrometheus(Node document, SloDefinition definition) =>
        SourceTypes(document)
            .Concat(((document as Mapping)?["spec"] as Mapping)?["indicatorRef"] is Scalar reference && references.Find(OpenSloKind.Sli, reference.Text) is { } sli
                ? SourceTypes(sli.Document)
                : [])
            .All(type => string.Equals(type, "Prometheus", StringComparison.OrdinalIgnoreCase))
        && definition.Objectives.Length > 0;

    private IEnumerable<string?> SourceTypes(Node node) => node switch
    {
        Mapping mapping => mapping.Entries.SelectMany(entry => entry.Key.Text == "metricSource" && entry.Value is Mapping source
            ? [TypeOf(source)]
            : SourceTypes(entry.Value)),
        Sequence sequence => sequence.Items.SelectMany(SourceTypes),
        _ => [],
    };

    private string? TypeOf(Mapping source)
    {
        if (source["type"] is Scalar { IsNull: false } type) return type.Text;
        return source["metricSourceRef"] is Scalar reference && references.Find(OpenSloKind.DataSource, reference.Text)?.Document is Mapping found
            ? ((found["spec"] as Mapping)?["type"] as Scalar)?.Text
            : null;
    }
}
