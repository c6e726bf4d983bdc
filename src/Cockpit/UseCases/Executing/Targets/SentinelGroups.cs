using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>Who is master of a Redis group. Sentinel picks the next one; the outcome is read back by role.</summary>
public sealed class SentinelGroups(IRedisGroup redis) : IActionTarget
{
    private const string Field = "master";

    /// <inheritdoc/>
    public bool Does(ActionKind kind, TargetKind target) => kind == ActionKind.SentinelFailover && target == TargetKind.RedisGroup;

    /// <inheritdoc/>
    public async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken) =>
        (await ReadAsync(action.Target, cancellationToken)).Select(state =>
        {
            var outlook = state.Outlook!;
            return new TargetPlan(state, [new(Field, state[Field], null)],
            [
                new(' ', $"# {action.Target}"),
                new('-', $"master: {state[Field]}{(outlook.MasterAnswers ? "" : " (does not answer)")}"),
                new('+', $"master: Sentinel's choice, likely {outlook.Candidate?.Endpoint ?? "none"}{Details(outlook.Candidate)}"),
                new('+', $"lost: {Loss(outlook)}"),
            ]);
        });

    /// <inheritdoc/>
    public Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        ReadAsync(change.Target, cancellationToken);

    /// <inheritdoc/>
    public Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
        Task.FromResult(DryRunResult.NotAvailable("Sentinel offers no dry run"));

    /// <inheritdoc/>
    public async Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken) =>
        await ReadAsync(change.Target, cancellationToken) switch
        {
            TargetAnswer<TargetState>.Done { Value: var now } when !now.IsStill(change.Fields) =>
                new TargetAnswer<string>.Failed(new TargetFailure.Conflict($"{now[Field]} is master already")),
            TargetAnswer<TargetState>.Done => await redis.FailOverAsync(cancellationToken),
            // Nothing was asked yet, so nothing can have happened.
            TargetAnswer<TargetState>.Failed failed => new TargetAnswer<string>.Failed(new TargetFailure.Invalid(failed.Why.Words)),
            _ => throw new InvalidOperationException("An answer is either done or failed."),
        };

    private async Task<TargetAnswer<TargetState>> ReadAsync(ActionTarget target, CancellationToken cancellationToken) =>
        await redis.ReadAsync(cancellationToken) switch
        {
            TargetAnswer<RedisReading>.Done { Value: var group } when group.Group != target.Name =>
                new TargetAnswer<TargetState>.Failed(new TargetFailure.NotFound($"Sentinel watches {group.Group}, not {target.Name}")),
            TargetAnswer<RedisReading>.Done { Value: { Master: { } master } group } => new TargetAnswer<TargetState>.Done(
                new TargetState(group.Group, 0, "", TargetState.FieldsOf([new(Field, master)])) { Outlook = FailoverOutlook.Of(group) }),
            TargetAnswer<RedisReading>.Done => new TargetAnswer<TargetState>.Failed(new TargetFailure.Unreachable("no Sentinel names a master")),
            var silent => silent.Select<TargetState>(_ => null!),
        };

    private static string Details(RedisNode? candidate) => candidate is null ? "" :
        $" (priority {candidate.Priority?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}, link {(candidate.LinkUp == true ? "up" : "down")})";

    private static string Loss(FailoverOutlook outlook) => outlook.LostBytesAtLeast is { } bytes
        ? $"at least {FigureText.Write(bytes, FigureUnit.Bytes)} of writes that no replica has"
        : "cannot be measured: whatever the replicas do not have";
}
