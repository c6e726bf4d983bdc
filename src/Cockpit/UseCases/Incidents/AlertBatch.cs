using System.Collections.Immutable;
using Cockpit.Domain.Incidents;

namespace Cockpit.UseCases.Incidents;

/// <summary>Alerts that were told together.</summary>
/// <param name="Source">Who told, as a person calls them.</param>
/// <param name="GroupKey">The sender's own key for what belongs together; opaque. Null when it has none.</param>
/// <param name="Alerts">The alerts.</param>
/// <param name="Truncated">Alerts that the sender held back.</param>
public sealed record AlertBatch(string Source, string? GroupKey, ImmutableArray<AlertSighting> Alerts, long Truncated);
