using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Paging;

namespace Cockpit.UseCases.Executing;

/// <summary>Tells every approver what went without them. It is recorded even when nobody could be told.</summary>
public sealed class ApproverPages(IPager pager, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Pages what is due and tells what became of it; null when nothing is due.</summary>
    public async Task<ExecutionEvent?> NextAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (execution.PageDue is not { } about) return null;
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var page = new Page($"{execution.Id}-{execution.Steps.Length}", about, $"/m/approvals/{execution.Id}");
            var result = await pager.PageApproversAsync(page, bounded.Token).WaitAsync(bounded.Token);
            return new ExecutionEvent.Paged(about, result.Reached, result.Failure);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ExecutionEvent.Paged(about, [], $"no answer within {FigureText.Duration(Patience)}");
        }
    }
}
