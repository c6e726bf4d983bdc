using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;

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
public sealed record AlertingRule(
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

    /// <summary>The rule as the engine evaluates it: its query returns only what is wrong.</summary>
    public AlertRule ToAlertRule() => new(Name, Expr, null, For, KeepFiringFor, new LabelSet(Labels), new LabelSet(Annotations));

    /// <summary>The query and the bound of an expression that ends in one comparison with a number; null when it is more than that.</summary>
    public (string Query, Comparison Op, double Bound)? AsComparison() => PromQl.Comparison(Expr);
}
