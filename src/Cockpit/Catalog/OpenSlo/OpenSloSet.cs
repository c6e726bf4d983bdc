using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>All OpenSLO objects of a catalog, checked and resolved against each other.</summary>
internal sealed record OpenSloSet(
    ImmutableArray<CatalogSlo> Slos, ImmutableArray<NamedIndicator> Indicators, ImmutableArray<OpenSloObject> Objects)
{
    public static readonly OpenSloSet Empty = new([], [], []);

    public static OpenSloSet Resolve(IEnumerable<OpenSloObject> objects)
    {
        var all = objects.ToImmutableArray();
        var references = new References();
        foreach (var found in all) references.Add(found);

        var alerts = new AlertObjects(references);
        var reader = new IndicatorReader(references);
        var indicators = new Dictionary<string, Indicator>(StringComparer.Ordinal);
        var named = ImmutableArray.CreateBuilder<NamedIndicator>();
        foreach (var found in all)
        {
            var document = Fields.Of(found.Document, "", found.Findings);
            if (found.Kind == OpenSloKind.Slo || document.Child("spec", required: false) is not { } spec) continue;
            switch (found.Kind)
            {
                case OpenSloKind.Sli:
                    if (reader.Read(spec) is not { } indicator) break;
                    indicators.TryAdd(found.Name, indicator);
                    named.Add(NamedIndicator.Of(found.Name, found.Metadata, indicator, found.Findings, document));
                    break;
                case OpenSloKind.AlertPolicy:
                    alerts.CheckPolicy(spec);
                    break;
                case OpenSloKind.AlertCondition:
                    AlertObjects.CheckCondition(spec);
                    break;
                case OpenSloKind.AlertNotificationTarget:
                    AlertObjects.CheckTarget(spec);
                    break;
                case OpenSloKind.DataSource:
                    CheckDataSource(spec);
                    break;
                case OpenSloKind.Service:
                    spec.OptionalText("description", 1050);
                    spec.Done();
                    break;
            }
        }

        var slos = new SloReader(references, indicators);
        var read = all.Where(found => found.Kind == OpenSloKind.Slo).Select(slos.Read).OfType<CatalogSlo>().ToImmutableArray();
        return new OpenSloSet(read, named.ToImmutable(), all);
    }

    public bool HasService(string name) => Objects.Any(found => found.Kind == OpenSloKind.Service && found.Name == name);

    private static void CheckDataSource(Fields spec)
    {
        spec.OptionalText("description", 1050);
        spec.Text("type");
        if (spec.Raw("connectionDetails") is { } details and not Mapping) spec.Wrong("connectionDetails", $"is {details.Kind}", "a mapping of fields");
        spec.Done();
    }
}
