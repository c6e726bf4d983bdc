using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;

namespace Cockpit.Hubs;

/// <summary>A snapshot cut into sections, each small enough to be sent alone when it changes.</summary>
internal static class LiveSections
{
    public const string Overall = "overall";
    public const string Storage = "storage";
    public const string Users = "users";
    public const string Part = "part";
    public const string Tile = "tile";
    public const string Trend = "trend";
    public const string Service = "service";
    public const string Card = "card";
    public const string Figure = "figure";
    public const string Execution = "execution";
    public const string Changes = "changes";
    public const string Month = "month";
    public const string Budget = "budget";
    public const string Revenue = "revenue";
    public const string Incident = "incident";

    private const int FinishedExecutionsShown = 20;

    /// <summary>The sections by key; none before the first assessment.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Of(CockpitSnapshot snapshot)
    {
        if (snapshot.Health is not { } health) yield break;
        yield return new(Overall, new LiveOverall(LiveWords.Of(health.Overall.Status), health.Overall.Sentence, health.Overall.Detail));
        yield return new(Storage, new LiveStorage(snapshot.StorageFailure is null, snapshot.StorageFailure));
        yield return new(Users, LiveFigure.Of(health.Board[SignalIds.ActiveUsers], "Active users", FigureUnit.Count));
        yield return new(Changes, health.Changes.Select(change =>
            new LiveChange(change.At.ToUnixTimeMilliseconds(), change.Subject, change.What)).ToArray());
        if (snapshot.Objectives.Month is { } month) yield return new(Month, LiveMonth.Of(month));
        if (snapshot.Objectives.Executive.Revenue is { } revenue) yield return new(Revenue, LiveRevenue.Of(revenue));
        foreach (var objective in LiveBudget.Worst(snapshot.Objectives)) yield return new($"{Budget}/{objective.Key}", LiveBudget.Of(objective));
        foreach (var tile in health.Tiles)
        {
            yield return new($"{Part}/{tile.Id}", new LivePart(tile.Title, LiveWords.Of(tile.Status), tile.Word, tile.Doubt));
            yield return new($"{Tile}/{tile.Id}", LiveTile.Of(tile));
            yield return new($"{Trend}/{tile.Id}", LiveTrend.Of(tile.Trend));
        }

        foreach (var service in health.Services)
        {
            yield return new($"{Part}/{service.Facts.Id}",
                new LivePart(service.Facts.Title, LiveWords.Of(service.Status), service.Word, service.Doubt));
            yield return new($"{Service}/{service.Facts.Id}", LiveService.Of(service));
        }

        foreach (var card in health.Cards) yield return new($"{Card}/{card.Card.Id}", LiveCard.Of(card, CardEnd.Of(card, snapshot.Executions)));
        var judged = health.Cards.SelectMany(card => card.Card.Symptoms.Concat(card.Card.ExitCriteria)).OfType<SignalCondition>();
        foreach (var condition in judged.DistinctBy(condition => condition.Signal))
            yield return new($"{Figure}/{condition.Signal}", LiveFigure.Of(health.Board[condition.Signal], null, condition.Unit));
        foreach (var standing in snapshot.Incidents) yield return new($"{Incident}/{standing.Incident.Id}", LiveIncident.Of(standing));
        foreach (var execution in snapshot.Executions.Where((execution, index) => index < FinishedExecutionsShown || execution.IsOpen || execution.HoldsLease))
            yield return new($"{Execution}/{execution.Id}", LiveExecution.Of(execution));
    }
}
