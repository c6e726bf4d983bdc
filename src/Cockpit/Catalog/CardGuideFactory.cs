using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.UseCases.Guiding;

namespace Cockpit.Catalog;

/// <summary>Takes from the catalog what stands beside a card.</summary>
public static class CardGuideFactory
{
    public static CardGuide Create(PlatformCatalog catalog) => new(
        DerivedFigure.All.Select(figure => KeyValuePair.Create(figure.Id, figure.Unit))
            .Concat(catalog.Signals.Select(signal => KeyValuePair.Create(signal.Id, signal.Unit)))
            .ToImmutableDictionary(StringComparer.Ordinal),
        (catalog.Escalation?.Scenarios ?? []).ToImmutableDictionary(
            scenario => scenario.Id,
            scenario => new GuideScenario(scenario.Title, [.. scenario.Steps.Select(step => new GuideStep(step.After, step.Role))]),
            StringComparer.Ordinal));
}
