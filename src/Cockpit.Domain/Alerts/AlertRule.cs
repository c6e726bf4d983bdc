using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Alerts;

/// <summary>A rule that turns figures into alerts, one an element of its query's answer.</summary>
/// <param name="Name">Its name, the <c>alertname</c> of its alerts.</param>
/// <param name="Expression">The whole expression as the rule file has it.</param>
/// <param name="Condition">How the figures are held against a bound; null when the query itself returns only what is wrong.</param>
/// <param name="For">How long the condition must hold; zero fires at once.</param>
/// <param name="KeepFiringFor">How long it fires on after the condition ended; zero resolves at once.</param>
/// <param name="Labels">Labels put on each alert.</param>
/// <param name="Annotations">What is said about it; templates are left as they are.</param>
public sealed record AlertRule(
    string Name, string Expression, AlertCondition? Condition, TimeSpan For, TimeSpan KeepFiringFor, LabelSet Labels, LabelSet Annotations)
{
    /// <summary>Its severity by its <c>severity</c> label; null when the label is missing or unknown.</summary>
    public Severity? Severity => Severities.FromLabel(Labels["severity"]);
}

/// <summary>A figure held against a bound.</summary>
/// <param name="Op">How the figure must stand to the bound for the alert to be active.</param>
/// <param name="Bound">The bound, in the figure's unit.</param>
public sealed record AlertCondition(Comparison Op, double Bound)
{
    /// <summary>True when the figure makes the alert active. NaN never does: 0 ÷ 0 is no traffic, not trouble.</summary>
    public bool Holds(double value) => !double.IsNaN(value) && Op.Holds(value, Bound);
}
