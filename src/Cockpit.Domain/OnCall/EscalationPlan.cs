using System.Collections.Immutable;

namespace Cockpit.Domain.OnCall;

/// <summary>Two matrices that disagree by design: one by level and time, one by scenario.</summary>
/// <param name="Severities">How soon each severity wants an answer.</param>
/// <param name="Levels">Who is asked as time goes by, and what they do.</param>
/// <param name="Scenarios">Who is asked in which scenario.</param>
public sealed record EscalationPlan(
    ImmutableArray<SeverityRule> Severities, ImmutableArray<EscalationLevel> Levels, ImmutableArray<EscalationScenario> Scenarios)
{
    public EscalationScenario? Scenario(string id) => Scenarios.FirstOrDefault(scenario => scenario.Id == id);

    public SeverityRule? Severity(string id) => Severities.FirstOrDefault(severity => severity.Id == id);
}

/// <summary>How soon one severity wants an answer.</summary>
/// <param name="Id"><c>P1</c> to <c>P4</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="AlertSeverity">The <c>severity</c> label of alerts that map to it; null when none does.</param>
/// <param name="AcknowledgeWithin">Time to acknowledge.</param>
/// <param name="RespondWithin">Time to the first response, where no runbook says another.</param>
/// <param name="Ours">What is Cockpit's own choice; null when nothing is.</param>
public sealed record SeverityRule(
    string Id, string Title, string? AlertSeverity, TimeSpan AcknowledgeWithin, TimeSpan RespondWithin, string? Ours);

/// <summary>One row of the matrix by level and time.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Title">What a person calls the level.</param>
/// <param name="Role">The role that is asked.</param>
/// <param name="After">Time without progress after which the level is asked; null when only a major incident asks it.</param>
/// <param name="Until">Time at which the next level is asked; null when there is none by time.</param>
/// <param name="AcknowledgeWithin">Time to acknowledge; null when none is set.</param>
/// <param name="Duties">What the level does.</param>
/// <param name="EscalateWhen">When it passes on, as a sentence; null at the last level.</param>
public sealed record EscalationLevel(
    int Number, string Title, string Role, TimeSpan? After, TimeSpan? Until, TimeSpan? AcknowledgeWithin, ImmutableArray<string> Duties,
    string? EscalateWhen);

/// <summary>One row of the matrix by scenario.</summary>
/// <param name="Id">Id; cards refer to it.</param>
/// <param name="Title">What a person calls the scenario.</param>
/// <param name="Steps">The roles in order, each with the time at which it is asked.</param>
public sealed record EscalationScenario(string Id, string Title, ImmutableArray<ScenarioStep> Steps);

/// <summary>Who is asked when.</summary>
/// <param name="After">Time since the start; zero for the first responder.</param>
/// <param name="Role">Id of the role that is asked.</param>
public sealed record ScenarioStep(TimeSpan After, string Role);
