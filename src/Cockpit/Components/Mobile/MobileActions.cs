using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>A card's low- and medium-risk actions from a phone, through the same two use cases as on a desk. Holding a button becomes a second page.</summary>
internal sealed class MobileActions(
    MobileReading reading, IncidentBoard board, PreviewActionHandler previewing, ConfirmActionHandler confirming, PreviewDesk previews)
{
    public async Task<IResult> PreviewAsync(string id, string action)
    {
        if (board.Find(id)?.Incident is not { Card: { } card }) return Results.LocalRedirect(MobileDesk.Page(id));
        return await previewing.HandleAsync(card, action, [], await reading.ActorAsync(), reading.Gone) switch
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
            ConfirmOutcome.Started started => MobileDesk.SeeOther(
                $"{MobileDesk.Page(id)}?said={Uri.EscapeDataString($"{started.Execution.Title}: {started.Execution.StateSentence}.")}"),
            ConfirmOutcome.Refused refused when held is { } shown => await ShowAsync(id, shown.Preview, false, reason, new MobileSaid(refused.Why.Sentence, false)),
            ConfirmOutcome.Refused refused => await reading.IncidentAsync(id, new MobileSaid(refused.Why.Sentence, false)),
            var other => throw new ArgumentOutOfRangeException(nameof(preview), other, null),
        };
    }

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
