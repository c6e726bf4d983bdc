using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Runbooks;

/// <summary>A procedure: what to look at, what to do in which order, and how to tell that it is over.</summary>
/// <param name="Id">Stable id, for example <c>service-down</c>; alerts refer to it.</param>
/// <param name="Number">Position in the index, from 1; unique.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Kind">What sort of work it describes.</param>
/// <param name="Owner">The role that keeps it true.</param>
/// <param name="Audience">The roles that are expected to follow it.</param>
/// <param name="ReviewedOn">The day of its last review.</param>
/// <param name="ReviewEvery">After how many days it is due again; positive.</param>
/// <param name="Severities">The severities it knows, the most severe first; empty for planned work.</param>
/// <param name="Escalation">When to escalate, as a sentence; null for planned work.</param>
/// <param name="Symptoms">What is seen while the failure lasts; empty for planned work.</param>
/// <param name="ExitCriteria">What must hold before it is over.</param>
/// <param name="Actions">The guarded actions that its steps refer to.</param>
/// <param name="Sections">The procedure in order.</param>
/// <param name="Corrections">Where it departs from its source text, and why.</param>
/// <param name="Markdown">The whole body as Markdown, without front matter.</param>
public sealed record Runbook(
    string Id, int Number, string Title, RunbookKind Kind, string Owner, ImmutableArray<string> Audience,
    DateOnly ReviewedOn, int ReviewEvery, ImmutableArray<RunbookSeverity> Severities, string? Escalation,
    ImmutableArray<Condition> Symptoms, ImmutableArray<Condition> ExitCriteria, ImmutableArray<ActionDefinition> Actions,
    ImmutableArray<RunbookSection> Sections, ImmutableArray<string> Corrections, string Markdown)
{
    /// <summary>The day on which it is due for review.</summary>
    public DateOnly ReviewDueOn => ReviewedOn.AddDays(ReviewEvery);

    /// <summary>The action of that id, or null.</summary>
    public ActionDefinition? Action(string id) => Actions.FirstOrDefault(action => action.Id == id);
}

/// <summary>What sort of work a runbook describes.</summary>
public enum RunbookKind
{
    /// <summary>Bringing a broken service back.</summary>
    Recovery,

    /// <summary>Releasing a new version.</summary>
    Deployment,

    /// <summary>Planned work under a declared window.</summary>
    Maintenance,
}

/// <summary>One severity of a runbook and how soon somebody must respond.</summary>
/// <param name="Severity"><c>P1</c> to <c>P4</c>.</param>
/// <param name="When">The condition under which it applies; null when it always does.</param>
/// <param name="RespondWithin">Time to the first response.</param>
public sealed record RunbookSeverity(string Severity, SignalCondition? When, TimeSpan RespondWithin);

/// <summary>One part of a procedure.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Steps">Its steps in order.</param>
public sealed record RunbookSection(string Title, ImmutableArray<RunbookStep> Steps);

/// <summary>One step of a procedure.</summary>
/// <param name="Number">Position within its section, from 1.</param>
/// <param name="Markdown">The step as Markdown, without its number.</param>
/// <param name="Action">Id of the action that does it; null when a person does it by hand.</param>
public sealed record RunbookStep(int Number, string Markdown, string? Action);

/// <summary>An entry of the index of runbooks: one kept here, or one the source texts name but do not contain.</summary>
/// <param name="Id">Id; for a runbook kept here, that runbook's.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Owner">The role that keeps it true.</param>
/// <param name="Audience">The roles that are expected to read it.</param>
/// <param name="ReviewedOn">The day of its last review; null when it was never reviewed.</param>
/// <param name="ReviewEvery">After how many days it is due again.</param>
/// <param name="Held">Whether the catalog holds the text; false for a document that is only referred to.</param>
public sealed record RunbookIndexEntry(
    string Id, string Title, string Group, string Summary, string Owner, ImmutableArray<string> Audience,
    DateOnly? ReviewedOn, int ReviewEvery, bool Held);
