using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Maintenance;

/// <summary>Planned maintenance as it was declared.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="DeclaredAt">When it was declared in its present form; a move declares it anew.</param>
/// <param name="Declared">The time it claims.</param>
/// <param name="Services">Ids of the services it touches; empty means all of them.</param>
/// <param name="CalledOffAt">When it was cancelled or ended early; null when neither.</param>
public sealed record MaintenanceWindow(
    string Id, string Title, DateTimeOffset DeclaredAt, Period Declared, ImmutableArray<string> Services, DateTimeOffset? CalledOffAt = null)
{
    /// <summary>True when it touches the service.</summary>
    public bool Covers(string service) => Services.IsDefaultOrEmpty || Services.Contains(service, StringComparer.Ordinal);

    /// <summary>The time it took of what it claimed; nothing when it was called off before it began.</summary>
    public Period? Taken => CalledOffAt is { } off && off < Declared.EndAt
        ? off > Declared.StartAt ? new Period(Declared.StartAt, off) : null
        : Declared.Length > TimeSpan.Zero ? Declared : null;

    /// <summary>How long before its start it was declared; negative when afterwards.</summary>
    public TimeSpan Notice => Declared.StartAt - DeclaredAt;
}
