using Cockpit.Hubs;
using Cockpit.UseCases.Executing;
using Microsoft.AspNetCore.Mvc;

namespace Cockpit.Api.V1;

/// <summary>Runs of guarded actions, and what people decide about them.</summary>
internal static class ExecutionEndpoints
{
    private const int LargestBody = 64 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/executions");
        all.MapGet("", List).WithName("listExecutions").WithSummary("Every open execution and the latest that are finished, the newest first.")
            .Produces<ExecutionDto[]>();
        all.MapGet("/{id}", FindAsync).WithName("getExecution").Produces<ExecutionDto>().ProducesProblem(StatusCodes.Status404NotFound);

        var changes = all.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(LargestBody)).RequireRateLimiting(ApiSetup.ActionLimit);
        Describe(changes.MapPost("", ConfirmAsync), "confirmPreview",
            "Confirms a preview. The same preview is one execution however often it is confirmed; an Idempotency-Key binds a retry to its request.");
        Describe(changes.MapPost("/{id}/cancel", CancelAsync), "cancelExecution", "Cancels what has not been sent yet, and keeps a change that is made in steps from its next one.");
        Describe(changes.MapPost("/{id}/approval", ApproveAsync), "approveExecution", "Another person approves; a token cannot.");
        Describe(changes.MapPost("/{id}/refusal", RefuseAsync), "refuseExecution", "Another person says no, with a reason.");
        Describe(changes.MapPost("/{id}/break-glass", BreakGlassAsync), "breakGlass", "An admin goes without a second person; every approver is paged.");
        Describe(changes.MapPost("/{id}/resolution", ResolveAsync), "resolveExecution", "A person says what became of an unknown outcome.");
        Describe(changes.MapPost("/{id}/lease/extend", ExtendAsync), "extendLease", "Makes a temporary change last once more its length; once.");
        Describe(changes.MapPost("/{id}/lease/revert", RevertAsync), "revertLease", "Turns a temporary change back now.");
    }

    private static void Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name).WithSummary(summary).Produces<ExecutionDto>()
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static ExecutionDto[] List(ExecutionBook book, bool? open, string? state) =>
    [
        .. book.Recent
            .Where(execution => open is null || open == (execution.IsOpen || execution.HoldsLease))
            .Where(execution => state is null || state == LiveWords.Of(execution.State))
            .Select(ExecutionDto.Of),
    ];

    private static async Task<IResult> FindAsync(string id, ExecutionRecord record, CancellationToken cancellationToken) =>
        await record.ReadAsync(id, cancellationToken) is { } execution
            ? Results.Ok(ExecutionDto.Of(execution))
            : Problems.Of(new ActionRefusal.NoSuchExecution());

    private static async Task<IResult> ConfirmAsync(
        ExecutionRequest request, [FromHeader(Name = IdempotencyKeys.Header)] string? key, HttpContext context, IdempotencyKeys keys,
        PressLimit presses, ConfirmActionHandler confirm, CancellationToken cancellationToken)
    {
        var actor = ApiCaller.ActorOf(context);
        if (!string.IsNullOrEmpty(key) && presses.Look(actor) is { } tooOften) return Problems.Of(tooOften);
        if (await keys.HoldAsync(key, request, actor, cancellationToken) is { } reused) return reused;
        return await confirm.HandleAsync(request.Preview ?? "", new Confirmation(request.Held, request.TypedTarget, request.Reason), actor, cancellationToken) switch
        {
            ConfirmOutcome.Started started => Results.Created($"{ApiSetup.Prefix}/executions/{started.Execution.Id}", ExecutionDto.Of(started.Execution)),
            ConfirmOutcome.Refused refused => Problems.Of(refused.Why),
            _ => throw new InvalidOperationException("A confirmation starts an execution or is refused."),
        };
    }

    private static async Task<IResult> CancelAsync(
        string id, ReasonRequest? request, HttpContext context, CancelExecutionHandler cancel, CancellationToken cancellationToken) =>
        Answer(await cancel.HandleAsync(id, request?.Reason, ApiCaller.ActorOf(context), cancellationToken));

    private static async Task<IResult> ApproveAsync(
        string id, ApprovalRequest? request, HttpContext context, ApprovalHandler approvals, CancellationToken cancellationToken) =>
        Answer(await approvals.ApproveAsync(id, request?.Round, ApiCaller.ActorOf(context), cancellationToken));

    private static async Task<IResult> RefuseAsync(
        string id, ReasonRequest request, HttpContext context, ApprovalHandler approvals, CancellationToken cancellationToken) =>
        Answer(await approvals.RefuseAsync(id, request.Reason, ApiCaller.ActorOf(context), cancellationToken));

    private static async Task<IResult> BreakGlassAsync(
        string id, BreakGlassRequest request, HttpContext context, ApprovalHandler approvals, CancellationToken cancellationToken) =>
        Answer(await approvals.BreakGlassAsync(id, request.Round, request.Reason, ApiCaller.ActorOf(context), cancellationToken));

    private static async Task<IResult> ResolveAsync(
        string id, ResolutionRequest request, HttpContext context, ResolveExecutionHandler resolve, CancellationToken cancellationToken) =>
        request.Done is { } done
            ? Answer(await resolve.HandleAsync(id, done, request.Note, ApiCaller.ActorOf(context), cancellationToken))
            : Problems.Problem("done-missing", StatusCodes.Status422UnprocessableEntity, "Say whether it was done: “done” is true or false.");

    private static async Task<IResult> ExtendAsync(
        string id, ReasonRequest request, HttpContext context, LeaseHandler leases, CancellationToken cancellationToken) =>
        Answer(await leases.ExtendAsync(id, request.Reason, ApiCaller.ActorOf(context), cancellationToken));

    private static async Task<IResult> RevertAsync(
        string id, ReasonRequest? request, HttpContext context, LeaseHandler leases, CancellationToken cancellationToken) =>
        Answer(await leases.RevertAsync(id, request?.Reason, ApiCaller.ActorOf(context), cancellationToken));

    private static IResult Answer(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Recorded recorded => Results.Ok(ExecutionDto.Of(recorded.Execution)),
        DecisionOutcome.Refused refused => Problems.Of(refused.Why),
        _ => throw new InvalidOperationException("A decision is recorded or refused."),
    };
}
