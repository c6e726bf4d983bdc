using System.Collections.Immutable;

namespace Cockpit.Domain.Maintenance;

/// <summary>A time in which nothing is to be changed.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant after it.</param>
/// <param name="Reason">Why, as a sentence fragment.</param>
/// <param name="Namespaces">Where it holds; empty for everywhere, also outside any cluster.</param>
public sealed record ChangeFreeze(DateTimeOffset From, DateTimeOffset Until, string Reason, ImmutableArray<string> Namespaces)
{
    /// <summary>True when the freeze holds for a target at an instant.</summary>
    /// <param name="namespace">The target's namespace; null for what lives outside a cluster.</param>
    /// <param name="now">The instant.</param>
    public bool Holds(string? @namespace, DateTimeOffset now) =>
        now >= From && now < Until && (Namespaces.IsEmpty || (@namespace is not null && Namespaces.Contains(@namespace)));
}
