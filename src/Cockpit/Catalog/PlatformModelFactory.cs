using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Domain.Runbooks;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog;

/// <summary>Takes from the catalog what the assessment needs.</summary>
public static partial class PlatformModelFactory
{
    private const string PerManagerFigure = "websocket.connections.per-manager";
    private const string CeilingFigure = "websocket.connections";
    private const string ManagersService = "websocket-manager";

    public static PlatformModel Create(PlatformCatalog catalog) => new(FactsOf(catalog), ServicesOf(catalog), catalog.Cards)
    {
        Procedures = [.. catalog.Runbooks.Select(ProcedureOf)],
    };

    private static Card ProcedureOf(Runbook runbook) => new(
        runbook.Id, runbook.Number, runbook.Title, runbook.Escalation ?? "", [], runbook.Symptoms, runbook.ExitCriteria, [],
        runbook.Actions, runbook.Severities.IsEmpty ? TimeSpan.Zero : runbook.Severities[0].RespondWithin, [], TimeSpan.Zero, "", []);

    private static PlatformFacts FactsOf(PlatformCatalog catalog)
    {
        var reference = PlatformFacts.Reference;
        var managers = catalog.Service(ManagersService);
        double? Figure(string id) => catalog.Capacity?.Figures.FirstOrDefault(figure => figure.Id == id)?.Value;
        return new PlatformFacts(
            managers?.Namespace ?? reference.ManagersNamespace, managers?.Workload ?? reference.Managers,
            (int)(Figure(PerManagerFigure) ?? reference.ConnectionsPerManager), (int)(Figure(CeilingFigure) ?? reference.ConnectionCeiling));
    }

    /// <summary>The services that promise something about their requests; the others are watched by tiles and cards.</summary>
    private static ImmutableArray<ServiceFacts> ServicesOf(PlatformCatalog catalog)
    {
        var promised = catalog.Slos.Select(slo => slo.Definition).ToLookup(slo => slo.Service);
        return
        [
            .. from service in catalog.Services
               where service.Kind == ServiceKind.Http && promised.Contains(service.Id)
               let latency = promised[service.Id].FirstOrDefault(slo => slo.Id.Value == $"{service.Id}-latency")
               let errors = promised[service.Id].FirstOrDefault(slo => slo.Id.Value == $"{service.Id}-errors")
               select new ServiceFacts(
                   service.Id, service.Title, service.IsCritical, latency is null ? null : BucketOf(latency.Indicator),
                   errors?.Objectives[0].Target.Complement.Value),
        ];
    }

    /// <summary>The bound of a latency objective is the bucket that its good events are counted in.</summary>
    private static double? BucketOf(Indicator indicator) =>
        indicator is Indicator.EventRatio { GoodQuery: { } query } && Bucket().Match(query) is { Success: true } match
            ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("""\ble="([0-9.]+)"(?=[,}])""")]
    private static partial Regex Bucket();
}
