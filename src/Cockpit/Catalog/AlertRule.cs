using System.Collections.Immutable;

namespace Cockpit.Catalog;

/// <summary>A group of a Prometheus rule file.</summary>
/// <param name="Name">Its name, unique in its file.</param>
/// <param name="File">The file it comes from.</param>
/// <param name="Interval">How often it is evaluated; null for the server's own interval.</param>
/// <param name="Rules">Its rules in order.</param>
public sealed record RuleGroup(string Name, string File, TimeSpan? Interval, ImmutableArray<Rule> Rules);

/// <summary>One rule of a Prometheus rule file.</summary>
/// <param name="Name">The alert's or the recorded series' name.</param>
/// <param name="Expr">PromQL.</param>
/// <param name="Labels">Labels that it adds.</param>
public abstract record Rule(string Name, string Expr, ImmutableSortedDictionary<string, string> Labels);

/// <summary>A rule that records a series.</summary>
public sealed record RecordingRule(string Name, string Expr, ImmutableSortedDictionary<string, string> Labels) : Rule(Name, Expr, Labels);

/// <summary>A rule that fires an alert.</summary>
/// <param name="Name">The alert's name.</param>
/// <param name="Expr">PromQL; every sample it yields is an alert.</param>
/// <param name="For">How long it must hold before it fires.</param>
/// <param name="KeepFiringFor">How long it keeps firing after it ceased to hold.</param>
/// <param name="Labels">Labels that it adds; <c>severity</c> among them.</param>
/// <param name="Annotations">Texts for people, templates of Prometheus.</param>
public sealed record AlertRule(
    string Name, string Expr, TimeSpan For, TimeSpan KeepFiringFor, ImmutableSortedDictionary<string, string> Labels,
    ImmutableSortedDictionary<string, string> Annotations)
    : Rule(Name, Expr, Labels)
{
    /// <summary>The <c>severity</c> label; empty when there is none.</summary>
    public string Severity => Labels.GetValueOrDefault("severity", "");

    /// <summary><c>P1</c> for critical, <c>P2</c> for warning, or what a <c>priority</c> label says; null otherwise.</summary>
    public string? Priority => Labels.GetValueOrDefault("priority") ?? Severity switch
    {
        "critical" => "P1",
        "warning" => "P2",
        _ => null,
    };
}
