using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.Components.Cards;

/// <summary>Words and order for cards.</summary>
public static class CardText
{
    /// <summary>Best match first: the share of symptoms present, then the card's number.</summary>
    public static IReadOnlyList<CardState> Ordered(ImmutableArray<CardState> cards) =>
        [.. cards.OrderByDescending(card => card.Symptoms.Length == 0 ? 0 : (double)card.Matching / card.Symptoms.Length).ThenBy(card => card.Card.Number)];

    public static string Lead(IReadOnlyList<CardState> ordered) => ordered switch
    {
        [] => "The catalog has no cards.",
        [{ Matching: > 0 } best, ..] => $"Card {best.Card.Number} fits: {best.Card.Title}.",
        _ => "No card is needed right now.",
    };

    public static HealthStatus Status(CardState card) => card switch
    {
        { Matching: > 0 } => HealthStatus.Bad,
        _ when card.Symptoms.Any(symptom => symptom is { Condition: SignalCondition, Verdict: Verdict.Unknown }) => HealthStatus.Unknown,
        _ => HealthStatus.Good,
    };

    public static string Word(CardState card) => card.Matching > 0 || card.Untold == 0
        ? $"{card.Matching} of {card.Symptoms.Length} symptoms"
        : $"{card.Matching} of {card.Symptoms.Length} symptoms, {card.Untold} unknown";

    /// <summary>How a symptom or criterion looks: a present symptom is bad, a held criterion is good.</summary>
    public static HealthStatus StatusOf(Verdict verdict, bool holdingIsGood) => verdict switch
    {
        Verdict.Unknown => HealthStatus.Unknown,
        Verdict.Pending => HealthStatus.Warn,
        Verdict.Holds => holdingIsGood ? HealthStatus.Good : HealthStatus.Bad,
        _ => holdingIsGood ? HealthStatus.Bad : HealthStatus.Good,
    };

    public static string Risk(ActionDefinition action) =>
        $"{action.Target.Kind} {action.Target} · {action.Risk.ToString().ToLowerInvariant()} risk" +
        (action.Lease is { } lease ? $" · meant for {FigureText.Duration(lease)}" : "");

    /// <summary>A figure's id as words: <c>redis.operation.p95</c> is "Redis operation p95".</summary>
    public static string FigureName(string id) => Capital(id.Replace('.', ' ').Replace('-', ' '));

    /// <summary>A role's or a runbook's id as words.</summary>
    public static string RoleName(string id) => Capital(id.Replace('-', ' ').Replace("devops", "DevOps", StringComparison.Ordinal));

    private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>How an execution looks.</summary>
    public static HealthStatus StatusOf(ExecutionState state) => state switch
    {
        ExecutionState.Recovered => HealthStatus.Good,
        ExecutionState.Unknown => HealthStatus.Unknown,
        ExecutionState.Refused or ExecutionState.EffectMissed or ExecutionState.NotRecovered => HealthStatus.Bad,
        _ => HealthStatus.Warn,
    };

    /// <summary>What to press for an action of this risk.</summary>
    public static string Press(ActionPreview preview) => preview.Risk switch
    {
        ActionRisk.Low => preview.Title,
        ActionRisk.Medium => $"Hold to {char.ToLowerInvariant(preview.Title[0])}{preview.Title[1..]}",
        _ => $"Confirm: {preview.Title}",
    };
}
