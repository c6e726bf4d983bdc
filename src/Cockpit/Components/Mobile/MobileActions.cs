using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>
/// Low- and medium-risk actions from a phone, through the same use cases as on a desk. What an action asks for is a form that leads to the
/// preview; holding a button becomes a second page; the moment in which it can be cancelled is the execution's own page.
/// </summary>
internal sealed class MobileActions(
    MobileReading reading, IncidentBoard board, PreviewActionHandler previewing, ConfirmActionHandler confirming, PreviewDesk previews,
    InputChoicesHandler offering, RunCheckHandler checking)
{
    /// <summary>What the action asks for, while something is missing; then what it would do, or for a check what it finds.</summary>
    public async Task<IResult> PreviewAsync(string id, string action)
    {
        if (board.Find(id)?.Incident is not { } incident || reading.ActionsOf(incident).FirstOrDefault(each => each.Action.Id == action) is not { } found)
            return Results.LocalRedirect(MobileDesk.Page(id));
        var given = reading.Given(found.Action);
        var actor = await reading.ActorAsync();
        if (!ActionInputs.Missing(found.Action, given).IsEmpty) return await AskAsync(id, found, given, actor);
        if (found.IsCheck) return await CheckAsync(id, found, given, actor);
        return await previewing.HandleAsync(found.Owner, action, given, actor, reading.Gone) switch
        {
            PreviewOutcome.Previewed previewed => await ShowAsync(id, previewed.Preview, false, null, null),
            PreviewOutcome.Refused refused => await reading.IncidentAsync(id, new MobileSaid(refused.Why.Sentence, false)),
            var other => throw new ArgumentOutOfRangeException(nameof(action), other, null),
        };
    }

    /// <summary>Confirms a preview. Medium risk asks once more on a page of its own; the same preview twice is one execution.</summary>
    public async Task<IResult> ConfirmAsync(string id, string preview, string? reason, bool second)
    {
        var actor = await reading.ActorAsync();
        if (actor is null || !actor.May(Role.Responder)) return Results.LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(MobileDesk.Page(id))}");
        var held = previews.Find(preview);
        if (held is { } known && known.ActorId == actor.Id && known.Preview.Risk == ActionRisk.Medium && !second)
            return await ShowAsync(id, known.Preview, true, reason, null);
        if (held is { Preview.Risk: > ActionRisk.Medium } high) return await ShowAsync(id, high.Preview, false, reason, null);
        return await confirming.HandleAsync(preview, new Confirmation(second, null, reason), actor, CancellationToken.None) switch
        {
            ConfirmOutcome.Started { Execution.CanBeCancelled: true } started => MobileDesk.SeeOther(MobileExecutions.Page(started.Execution.Id)),
            ConfirmOutcome.Started started => MobileDesk.SeeOther(
                $"{MobileDesk.Page(id)}?said={Uri.EscapeDataString($"{started.Execution.Title}: {started.Execution.StateSentence}.")}"),
            ConfirmOutcome.Refused refused when held is { } shown => await ShowAsync(id, shown.Preview, false, reason, new MobileSaid(refused.Why.Sentence, false)),
            ConfirmOutcome.Refused refused => await reading.IncidentAsync(id, new MobileSaid(refused.Why.Sentence, false)),
            var other => throw new ArgumentOutOfRangeException(nameof(preview), other, null),
        };
    }

    private async Task<IResult> AskAsync(string id, MobileAction action, ImmutableArray<InputValue> given, Actor? actor) =>
        new RazorComponentResult<MobileInputs>(new Dictionary<string, object?>
        {
            [nameof(MobileInputs.Reader)] = await reading.ReaderAsync(),
            [nameof(MobileInputs.Incident)] = id,
            [nameof(MobileInputs.Action)] = action,
            [nameof(MobileInputs.Given)] = given,
            [nameof(MobileInputs.Offers)] = await offering.HandleAsync(action.Owner, action.Action.Id, given, actor, reading.Gone),
        });

    private async Task<IResult> CheckAsync(string id, MobileAction action, ImmutableArray<InputValue> given, Actor? actor) =>
        await checking.HandleAsync(action.Owner, action.Action.Id, given, actor, reading.Gone) switch
        {
            CheckOutcome.Answered answered => new RazorComponentResult<MobileCheck>(new Dictionary<string, object?>
            {
                [nameof(MobileCheck.Reader)] = await reading.ReaderAsync(),
                [nameof(MobileCheck.Incident)] = id,
                [nameof(MobileCheck.Action)] = action.Action,
                [nameof(MobileCheck.Given)] = given,
                [nameof(MobileCheck.Answer)] = answered.Answer,
            }),
            CheckOutcome.Refused refused => await reading.IncidentAsync(id, new MobileSaid(refused.Why.Sentence, false)),
            var other => throw new ArgumentOutOfRangeException(nameof(action), other, null),
        };

    private async Task<IResult> ShowAsync(string id, ActionPreview preview, bool second, string? reason, MobileSaid? said) =>
        new RazorComponentResult<MobilePreview>(new Dictionary<string, object?>
        {
            [nameof(MobilePreview.Reader)] = await reading.ReaderAsync(),
            [nameof(MobilePreview.Incident)] = id,
            [nameof(MobilePreview.Preview)] = preview,
            [nameof(MobilePreview.Second)] = second,
            [nameof(MobilePreview.Reason)] = reason,
            [nameof(MobilePreview.Said)] = said,
        });
}
