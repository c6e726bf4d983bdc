using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Live;
using Cockpit.UseCases.Executing;
using Microsoft.AspNetCore.Mvc;

namespace Cockpit.Api.V1;

/// <summary>Cards against live evidence, and previews of their actions.</summary>
internal static class CardEndpoints
{
    private const int LargestBody = 64 * 1024;
    private const int ExecutionsShown = 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cards", List).WithName("listCards").WithSummary("Every card against live evidence.").Produces<CardDto[]>();
        api.MapGet("/cards/{id}", Find).WithName("getCard").WithSummary("One card: symptoms, actions, exit criteria, latest executions.")
            .Produces<CardDetailsDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/cards/{id}/actions/{action}/previews", PreviewAsync).WithName("previewAction")
            .WithSummary("Lays an action open: evidence, guards, dry run, difference. Valid for a minute, for its maker alone.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).RequireRateLimiting(ApiSetup.ActionLimit)
            .Produces<PreviewDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static IResult List(SnapshotFeed feed, OutcomeBook outcomes) =>
        feed.Current is { Health: { } health } snapshot
            ? Results.Ok(health.Cards.Select(card => Of(card, snapshot.Executions, outcomes)).ToArray())
            : NotMeasuredYet();

    private static IResult Find(string id, SnapshotFeed feed, OutcomeBook outcomes, ActionTargets targets)
    {
        if (feed.Current is not { Health: { } health } snapshot) return NotMeasuredYet();
        if (health.Card(id) is not { } card)
            return Problems.Problem("no-such-card", StatusCodes.Status404NotFound, $"The catalog has no card “{id}”.");
        return Results.Ok(new CardDetailsDto(
            Of(card, snapshot.Executions, outcomes), [.. card.Symptoms.Select(ConditionDto.Of)], [.. card.ExitCriteria.Select(ConditionDto.Of)],
            [.. card.Card.Actions.Select(action => Of(action, targets))],
            [.. snapshot.Executions.Where(execution => execution.Preview.CardId == id).Take(ExecutionsShown).Select(ExecutionDto.Of)]));
    }

    private static async Task<IResult> PreviewAsync(
        string id, string action, PreviewRequest? request, HttpContext context, PreviewActionHandler previews, CancellationToken cancellationToken) =>
        await previews.HandleAsync(id, action, InputsOf(request), ApiCaller.ActorOf(context), cancellationToken) switch
        {
            PreviewOutcome.Previewed previewed => Results.Ok(PreviewDto.Of(previewed.Preview)),
            PreviewOutcome.Refused refused => Problems.Of(refused.Why),
            _ => throw new InvalidOperationException("A preview is made or refused."),
        };

    private static ImmutableArray<InputValue> InputsOf(PreviewRequest? request) =>
        [.. (request?.Inputs ?? ImmutableDictionary<string, string>.Empty).Select(input => new InputValue(input.Key, input.Value))];

    private static CardDto Of(CardState state, ImmutableArray<Execution> executions, OutcomeBook outcomes)
    {
        var end = CardEnd.Of(state, executions);
        return new CardDto(
            state.Card.Id, state.Card.Number, state.Card.Title, state.Card.Summary, state.Matching, state.Symptoms.Length, state.Untold, state.Since,
            end.CriteriaHold, end.Leases.Length, end.Done, TrackRecordDto.Of(outcomes.Of(state.Card.Id)));
    }

    private static ActionDto Of(ActionDefinition action, ActionTargets targets) => new(
        action.Id, action.Title, action.Kind.ToString(), action.Target.ToString(), ApiWords.Of(action.Risk), action.Lease?.TotalSeconds,
        targets.CanRun(action), [.. action.Inputs.Select(input => new InputDto(input.Name, input.Question, input.Kind.ToString()))],
        action.CommandFor(ImmutableDictionary<string, string>.Empty));

    private static IResult NotMeasuredYet() =>
        Problems.Problem("not-measured-yet", StatusCodes.Status503ServiceUnavailable, "The platform has not been measured yet. Try again in a moment.");
}
