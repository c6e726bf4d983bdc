using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Impact;

/// <summary>What the cost of downtime is computed from. These are assumptions, shown wherever the cost is.</summary>
/// <param name="RevenuePerHour">Revenue of an average hour with everything up, in whole units of the currency; at least zero.</param>
/// <param name="Currency">ISO 4217 code, for example "EUR".</param>
/// <param name="Recovered">Share of the affected revenue that comes back later, in [0, 1]: orders repeated after the outage.</param>
/// <param name="Notes">Where the figures come from, one sentence each.</param>
public sealed record ImpactAssumptions(decimal RevenuePerHour, string Currency, Ratio Recovered, ImmutableArray<string> Notes)
{
    /// <inheritdoc/>
    public bool Equals(ImpactAssumptions? other) =>
        other is not null && (RevenuePerHour, Currency, Recovered) == (other.RevenuePerHour, other.Currency, other.Recovered)
        && Notes.SequenceEqual(other.Notes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RevenuePerHour, Currency, Recovered);
}
