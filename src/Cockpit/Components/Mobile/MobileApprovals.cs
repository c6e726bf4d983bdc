using Cockpit.UseCases.Executing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>Approves or refuses from a phone what another person asked for.</summary>
internal sealed class MobileApprovals(MobileReading reading, ExecutionBook book, ApprovalHandler handler)
{
    /// <summary>The page on which one decides.</summary>
    public async Task<IResult> ShowAsync(string id, MobileSaid? said) => book.Find(id) is not { } execution
        ? Results.LocalRedirect(MobileEndpoints.Home)
        : new RazorComponentResult<MobileApproval>(new Dictionary<string, object?>
        {
            [nameof(MobileApproval.Reader)] = await reading.ReaderAsync(),
            [nameof(MobileApproval.Execution)] = execution,
            [nameof(MobileApproval.Said)] = said,
        });

    public async Task<IResult> ApproveAsync(string id, int round) =>
        await TellAsync(id, await handler.ApproveAsync(id, round, await reading.ActorAsync(), CancellationToken.None));

    public async Task<IResult> RefuseAsync(string id, string? reason) =>
        await TellAsync(id, await handler.RefuseAsync(id, reason, await reading.ActorAsync(), CancellationToken.None));

    private async Task<IResult> TellAsync(string id, DecisionOutcome outcome) => outcome is DecisionOutcome.Refused refused
        ? await ShowAsync(id, new MobileSaid(refused.Why.Sentence, false))
        : MobileDesk.SeeOther($"{MobileEndpoints.Home}/approvals/{Uri.EscapeDataString(id)}");
}
