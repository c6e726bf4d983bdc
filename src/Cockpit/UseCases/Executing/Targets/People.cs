using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>People who need to know. The message is the dry run; what was said cannot be taken back and is not read back.</summary>
public sealed class People(IStakeholderNotice notices) : IActionTarget
{
    /// <summary>The parameter that names the roles to tell, comma-separated; the target's name where it is missing.</summary>
    public const string To = "to";

    private const string Message = "message";
    private const string Severity = "severity";

    /// <summary>The roles that an action tells.</summary>
    public static ImmutableArray<string> RolesOf(ActionDefinition action) => Roles(action.Parameters.GetValueOrDefault(To) ?? action.Target.Name);

    /// <inheritdoc/>
    public bool Does(ActionKind kind, TargetKind target) => kind == ActionKind.Notify && target == TargetKind.People;

    /// <inheritdoc/>
    public Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        ImmutableArray<FieldChange> fields =
        [
            new(Message, null, action.Parameters[Message]),
            new(Severity, null, action.Parameters.GetValueOrDefault(Severity) ?? "info"),
            new(To, null, action.Parameters.GetValueOrDefault(To) ?? action.Target.Name),
        ];
        return Task.FromResult<TargetAnswer<TargetPlan>>(new TargetAnswer<TargetPlan>.Done(new TargetPlan(
            StateOf(action.Target, fields), fields, [.. fields.Reverse().Select(field => new DiffLine('+', $"{field.Name}: {field.To}"))])));
    }

    /// <inheritdoc/>
    public Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        Task.FromResult<TargetAnswer<TargetState>>(new TargetAnswer<TargetState>.Done(StateOf(change.Target, change.Fields)));

    /// <inheritdoc/>
    public Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
        Task.FromResult(DryRunResult.NotAvailable("the message below is what they get"));

    /// <inheritdoc/>
    public Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken) =>
        notices.SendAsync(new StakeholderNotice(
            mark, Roles(change.To(To)!), change.To(Severity)!, change.To(Message)!), cancellationToken);

    private static ImmutableArray<string> Roles(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static TargetState StateOf(ActionTarget target, ImmutableArray<FieldChange> fields) =>
        new(target.Name, 0, "", TargetState.FieldsOf(fields.Select(field => new KeyValuePair<string, string?>(field.Name, field.From))));
}
