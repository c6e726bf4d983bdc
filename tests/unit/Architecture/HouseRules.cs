using System.Collections.Immutable;

namespace Cockpit.Tests.Architecture;

/// <summary>One rule about who may refer to whom.</summary>
/// <param name="Sentence">The rule.</param>
/// <param name="Binds">Whom it binds.</param>
/// <param name="Forbids">What those may not refer to.</param>
internal sealed record HouseRule(string Sentence, Func<TypeUse, bool> Binds, Func<TypeUse, bool> Forbids)
{
    /// <summary>Every breach, as <c>user → used</c>.</summary>
    public IEnumerable<string> Breaches(ImmutableDictionary<TypeUse, ImmutableHashSet<TypeUse>> uses) =>
        from entry in uses
        where Binds(entry.Key)
        from used in entry.Value
        where Forbids(used)
        orderby entry.Key.Name, used.Name
        select $"{entry.Key.Name} → {used.Name}";
}

/// <summary>The house's rules, for the house itself or for a planted one under another root.</summary>
internal static class HouseRules
{
    private static readonly string[] OutsideWorld =
    [
        "System.IO.File", "System.IO.Directory", "System.Net.", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.TimeProvider", "System.Threading.Thread", "System.Threading.Timer",
    ];

    public static ImmutableArray<HouseRule> Of(string root)
    {
        Func<TypeUse, bool> In(params string[] parts) => type => parts.Any(part => type.Name.StartsWith($"{root}.{part}.", StringComparison.Ordinal));
        var domain = In("Domain");
        var components = In("Components");
        var houses = In("Components", "Hosting");
        return
        [
            new("Domain refers to nothing but the base class library", domain, used => !domain(used) && !IsBaseClassLibrary(used)),
            new("Domain reaches no file, network, console, process, thread or clock", domain,
                used => OutsideWorld.Any(outside => used.Name.StartsWith(outside, StringComparison.Ordinal))),
            new("Use cases refer to no screen, connector, storage or composition", In("UseCases"), In("Components", "Connectors", "Storage", "Hosting")),
            new("Live refers to no screen, connector, storage or composition", In("Live"), In("Components", "Connectors", "Storage", "Hosting")),
            new("Connectors refer to no screen, storage or composition", In("Connectors"), In("Components", "Storage", "Hosting")),
            new("Storage refers to no screen, connector or composition", In("Storage"), In("Components", "Connectors", "Hosting")),
            new("Nothing but screens and the composition refers to screens",
                type => type.Name.StartsWith($"{root}.", StringComparison.Ordinal) && !houses(type), components),
        ];
    }

    private static bool IsBaseClassLibrary(TypeUse used) =>
        used.Assembly is "System" or "netstandard" or "mscorlib" || used.Assembly.StartsWith("System.", StringComparison.Ordinal)
        || (used.Assembly.StartsWith("Cockpit", StringComparison.Ordinal) && IsCompilers(used.Name));

    /// <summary>Attributes and helpers that the compiler writes into every assembly.</summary>
    private static bool IsCompilers(string name) =>
        name.StartsWith('<') || name.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal)
        || name.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal)
        || name.StartsWith("System.Text.RegularExpressions.Generated.", StringComparison.Ordinal);
}
