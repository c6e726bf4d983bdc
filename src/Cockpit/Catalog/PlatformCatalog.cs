using System.Collections.Immutable;
using Cockpit.Catalog.OpenSlo;
using Cockpit.Domain.Capacity;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Maintenance;
using Cockpit.Domain.OnCall;
using Cockpit.Domain.Runbooks;
using Cockpit.UseCases.Guiding;

namespace Cockpit.Catalog;

/// <summary>What the platform is, as reviewed files say.</summary>
public sealed record PlatformCatalog
{
    /// <summary>Identifies the contents: the same files have the same version. Twelve hexadecimal digits.</summary>
    public required string Version { get; init; }

    public ImmutableArray<ServiceDefinition> Services { get; init; } = [];

    public ImmutableArray<SignalDefinition> Signals { get; init; } = [];

    public ImmutableArray<CatalogSlo> Slos { get; init; } = [];

    /// <summary>Indicators that stand on their own.</summary>
    public ImmutableArray<NamedIndicator> Indicators { get; init; } = [];

    public ImmutableArray<RuleGroup> AlertGroups { get; init; } = [];

    /// <summary>Cards by number.</summary>
    public ImmutableArray<Card> Cards { get; init; } = [];

    /// <summary>Times in which nothing is to be changed.</summary>
    public ImmutableArray<ChangeFreeze> Freezes { get; init; } = [];

    /// <summary>Runbooks by number.</summary>
    public ImmutableArray<Runbook> Runbooks { get; init; } = [];

    public ImmutableArray<RunbookIndexEntry> RunbookIndex { get; init; } = [];

    public ImmutableArray<CommandGroup> Commands { get; init; } = [];

    public OnCallPlan? OnCall { get; init; }

    public EscalationPlan? Escalation { get; init; }

    /// <summary>What messages say.</summary>
    public MessageTemplates Messages { get; init; } = MessageTemplates.Usual;

    public CapacityPlan? Capacity { get; init; }

    public ImpactModel? Impact { get; init; }

    public DashboardPlan? Dashboards { get; init; }

    internal ImmutableArray<OpenSloObject> OpenSloObjects { get; init; } = [];

    /// <summary>Every alert rule of every group.</summary>
    public IEnumerable<AlertingRule> Alerts => AlertGroups.SelectMany(group => group.Rules).OfType<AlertingRule>();

    public Card? Card(string id) => Cards.FirstOrDefault(card => card.Id == id);

    public Runbook? Runbook(string id) => Runbooks.FirstOrDefault(runbook => runbook.Id == id);

    public ServiceDefinition? Service(string id) => Services.FirstOrDefault(service => service.Id == id);
}

/// <summary>What became of loading a catalog. With errors the catalog holds only what was right.</summary>
/// <param name="Catalog">What could be read.</param>
/// <param name="Errors">What must be corrected, of all files, by file and line.</param>
/// <param name="Assumptions">What the files leave open and how it was taken.</param>
public sealed record CatalogLoad(PlatformCatalog Catalog, ImmutableArray<CatalogError> Errors, ImmutableArray<CatalogError> Assumptions)
{
    public bool IsValid => Errors.IsEmpty;
}
