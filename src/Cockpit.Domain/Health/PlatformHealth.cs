using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Health;

/// <summary>What the catalog says about the platform, as far as the assessment needs it.</summary>
/// <param name="Facts">Sizes and names.</param>
/// <param name="Services">The services in reading order.</param>
/// <param name="Cards">The cards by number.</param>
public sealed record PlatformModel(PlatformFacts Facts, ImmutableArray<ServiceFacts> Services, ImmutableArray<Card> Cards)
{
    /// <summary>The runbooks, each as the card that it also is: symptoms, guarded actions and exit criteria. Their ids are none of the cards'.</summary>
    public ImmutableArray<Card> Procedures { get; init; } = [];

    /// <summary>An action of a card or of a runbook, or null.</summary>
    /// <param name="card">Id of the card or runbook.</param>
    /// <param name="action">Id of the action.</param>
    public ActionDefinition? Action(string card, string action) =>
        Cards.Concat(Procedures).FirstOrDefault(each => each.Id == card)?.Action(action);
}

/// <summary>The assessment of one instant: everything that screens say, decided once for all of them.</summary>
/// <param name="At">The instant.</param>
/// <param name="Readings">The evidence.</param>
/// <param name="Board">Its figures, measured and derived.</param>
/// <param name="Cards">Every card against the evidence, in the catalog's order.</param>
/// <param name="Tiles">The watched parts.</param>
/// <param name="Services">The services.</param>
/// <param name="Overall">The platform's colour and why.</param>
/// <param name="Changes">What changed lately, newest first.</param>
public sealed record PlatformHealth(
    DateTimeOffset At, PlatformReadings Readings, SignalBoard Board, ImmutableArray<CardState> Cards,
    ImmutableArray<Tile> Tiles, ImmutableArray<ServiceHealth> Services, OverallHealth Overall, ImmutableArray<Change> Changes)
{
    /// <summary>Every runbook against the evidence, in the catalog's order.</summary>
    public ImmutableArray<CardState> Procedures { get; init; } = [];

    /// <summary>The assessment that follows another. Pure: the same inputs give the same answer.</summary>
    /// <param name="previous">The assessment before, which carries durations, trends and changes; null at the first.</param>
    /// <param name="readings">What the pollers hold.</param>
    /// <param name="model">What the catalog says.</param>
    /// <param name="answers">Answers to human conditions, keyed <c>card/condition</c>.</param>
    /// <param name="concerns">Concerns from alerts and burn rates.</param>
    /// <param name="now">The instant.</param>
    public static PlatformHealth Next(
        PlatformHealth? previous, PlatformReadings readings, PlatformModel model,
        IReadOnlyDictionary<string, HumanAnswer> answers, ImmutableArray<Concern> concerns, DateTimeOffset now)
    {
        var board = SignalDerivation.Derive(readings, model.Facts, now);
        ImmutableArray<CardState> Judge(ImmutableArray<Card> all, ImmutableArray<CardState>? before) =>
            [.. all.Select(card => CardState.Next(before?.FirstOrDefault(state => state.Card.Id == card.Id), card, board, answers, now))];

        var cards = Judge(model.Cards, previous?.Cards);
        var tiles = Health.Tiles.Build(previous?.Tiles ?? [], board, cards, readings, now);
        var services = ServiceHealth.JudgeAll(model.Services, board);
        var primary = readings.Metrics;
        var overall = OverallHealth.Decide(tiles, services, primary.Doubt(now), primary.At(now) is Freshness.Unknown or Freshness.NotConfigured, concerns);
        var changes = previous is null ? [] : Change.Between(previous.Readings, readings, previous.Cards, cards, now)
            .Reverse().Concat(previous.Changes).Take(Change.Kept).ToImmutableArray();
        return new PlatformHealth(now, readings, board, cards, tiles, services, overall, changes)
        {
            Procedures = Judge(model.Procedures, previous?.Procedures),
        };
    }

    /// <summary>The state of the card or runbook, or null when the catalog has none of that id.</summary>
    public CardState? Card(string id) =>
        Cards.FirstOrDefault(state => state.Card.Id == id) ?? Procedures.FirstOrDefault(state => state.Card.Id == id);
}
