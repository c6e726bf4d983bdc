using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Catalog;

/// <summary>Takes from the catalog what is measured and judged round by round.</summary>
public static class ObjectivePlanFactory
{
    private const string UsersSignal = "users.active";
    private const string Unwatched = "none";

    public static ObjectivePlan Create(PlatformCatalog catalog)
    {
        ImmutableArray<ObjectiveFacts> objectives = [.. catalog.Slos.SelectMany(slo => FactsOf(catalog, slo))];
        return new ObjectivePlan(
            objectives,
            [.. catalog.Alerts.Where(rule => rule.Severity != Unwatched).Select(PlanOf)],
            catalog.Impact is { } impact ? ImpactOf(catalog, impact, objectives) : null,
            catalog.Signals.FirstOrDefault(signal => signal.Id == UsersSignal)?.PromQl);
    }

    private static IEnumerable<ObjectiveFacts> FactsOf(PlatformCatalog catalog, CatalogSlo slo) =>
        slo.Definition.Objectives.Select((objective, index) => new ObjectiveFacts(
            index == 0 ? slo.Definition.Id.Value : FormattableString.Invariant($"{slo.Definition.Id.Value}~{index + 1}"),
            slo.Definition, objective, TitleOf(catalog, slo.Definition.Service), slo.IsCritical, slo.Group, slo.Ours, slo.MinimumEvents, slo.KeepFiringFor,
            slo.IsPrometheus ? null : "its queries are not for Prometheus"));

    private static PlannedRule PlanOf(AlertingRule rule) => rule.AsComparison() is { } split
        ? new PlannedRule(rule.ToAlertRule() with { Condition = new AlertCondition(split.Op, split.Bound) }, split.Query)
        : new PlannedRule(rule.ToAlertRule(), rule.Expr);

    private static ImpactPlan ImpactOf(PlatformCatalog catalog, ImpactModel impact, ImmutableArray<ObjectiveFacts> objectives) => new(
        impact.Currency, (decimal)impact.RevenuePerMinute,
        new TradingHours(impact.TradingHours.Days, impact.TradingHours.From, impact.TradingHours.Until, impact.TradingHours.Zone),
        impact.OutsideShare, new Ratio(impact.Recovered),
        [
            .. impact.Services.Select(share => new EarningService(
                share.Service, TitleOf(catalog, share.Service), share.Share, AvailabilityOf(objectives, share.Service))),
        ],
        impact.Assumptions);

    /// <summary>The objective that counts the service's failing requests: its availability, else its error rate.</summary>
    private static string? AvailabilityOf(ImmutableArray<ObjectiveFacts> objectives, string service) =>
        new[] { $"{service}-availability", $"{service}-errors" }
            .Select(id => objectives.FirstOrDefault(facts => facts.Slo.Id.Value == id && facts.Indicator is Indicator.EventRatio)?.Key)
            .FirstOrDefault(key => key is not null);

    private static string TitleOf(PlatformCatalog catalog, string service) =>
        service == "platform" ? "The platform" : catalog.Service(service)?.Title ?? service;
}
