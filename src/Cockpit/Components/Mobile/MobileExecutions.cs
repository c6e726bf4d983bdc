using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>One run of an action on a phone: cancelled while that is possible, approved or refused by another person, and followed.</summary>
internal sealed class MobileExecutions(
    MobileReading reading, ExecutionRecord record, ExecutionBook book, IncidentBook incidents, ApprovalHandler approvals, CancelExecutionHandler cancelling)
{
    public static string Page(string id) => $"{MobileEndpoints.Home}/executions/{Uri.EscapeDataString(id)}";

    /// <summary>The page on which one decides.</summary>
    public async Task<IResult> ShowAsync(string id, MobileSaid? said) => await ReadAsync(id) is not { } execution
        ? Results.LocalRedirect(MobileEndpoints.Home)
        : new RazorComponentResult<MobileExecution>(new Dictionary<string, object?>
        {
            [nameof(MobileExecution.Reader)] = await reading.ReaderAsync(),
            [nameof(MobileExecution.Execution)] = execution,
            [nameof(MobileExecution.Incident)] = incidents.Recent.FirstOrDefault(incident => incident.Actions.Any(action => action.Execution == id))?.Id,
            [nameof(MobileExecution.Said)] = said,
        });

    public Task<IResult> ApproveAsync(string id, int round) => DoAsync(id, actor => approvals.ApproveAsync(id, round, actor, CancellationToken.None));

    public Task<IResult> RefuseAsync(string id, string? reason) => DoAsync(id, actor => approvals.RefuseAsync(id, reason, actor, CancellationToken.None));

    public Task<IResult> CancelAsync(string id) => DoAsync(id, actor => cancelling.HandleAsync(id, "on the phone", actor, CancellationToken.None));

    /// <summary>As the stream tells it: what was decided a moment ago may not stand in the book yet, and a page without script does not look again.</summary>
    private async Task<Execution?> ReadAsync(string id)
    {
        try
        {
            return await record.ReadAsync(id, reading.Gone);
        }
        catch (StorageUnavailableException)
        {
            return book.Find(id);
        }
    }

    /// <summary>Pressed twice, the second press finds it done and says so.</summary>
    private async Task<IResult> DoAsync(string id, Func<Actor?, Task<DecisionOutcome>> decide) =>
        await decide(await reading.ActorAsync()) is DecisionOutcome.Refused refused
            ? await ShowAsync(id, new MobileSaid(refused.Why.Sentence, false))
            : MobileDesk.SeeOther(Page(id));
}
