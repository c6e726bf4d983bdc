using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>What every target inside a cluster has in common: server-side dry run, and one change that is tried or made.</summary>
public abstract class ClusterTarget(IClusterObjects cluster) : IActionTarget
{
    /// <summary>The cluster.</summary>
    protected IClusterObjects Cluster => cluster;

    /// <inheritdoc/>
    public abstract bool Does(ActionKind kind, TargetKind target);

    /// <inheritdoc/>
    public abstract Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
        await cluster.ChangeAsync(ChangeOf(change, "dry-run"), change.Uid, version, dryRun: true, cancellationToken) switch
        {
            TargetAnswer<string>.Done => new(true, "The server admits the change."),
            TargetAnswer<string>.Failed { Why: TargetFailure.Unreachable or TargetFailure.Throttled } silent => new(null, silent.Why.Words),
            TargetAnswer<string>.Failed refused => new(false, refused.Why.Words),
            _ => throw new InvalidOperationException("An answer is either done or failed."),
        };

    /// <inheritdoc/>
    public async Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken) =>
        (await cluster.ChangeAsync(ChangeOf(change, mark), change.Uid, version, dryRun: false, cancellationToken))
            .Select(_ => $"{change.Target}: {Words(change)}");

    /// <summary>The change as the cluster takes it.</summary>
    protected abstract ClusterChange ChangeOf(TargetChange change, string mark);

    /// <summary>What was done, in words.</summary>
    protected virtual string Words(TargetChange change) => string.Join(", ", change.Fields.Select(field => FieldText.Of(field.Name, field.To)));

    /// <summary>The object that a target names.</summary>
    protected static ObjectName NameOf(ActionTarget target) => new(target.Namespace!, target.Name);

    /// <summary>The fields under a prefix with the prefix taken off, as values to set.</summary>
    protected static ImmutableSortedDictionary<string, string?> Wishes(TargetChange change, string prefix) => TargetState.FieldsOf(change.Fields
        .Where(field => field.Name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(field => new KeyValuePair<string, string?>(field.Name[prefix.Length..], field.To)));

    /// <summary>The lines of a difference: context first, then each field that changes.</summary>
    protected static ImmutableArray<DiffLine> Diff(IEnumerable<string> context, ImmutableArray<FieldChange> fields, string prefix, string indent) =>
    [
        .. context.Select(line => new DiffLine(' ', line)),
        .. fields.SelectMany(field => Lines(field, field.Name.StartsWith(prefix, StringComparison.Ordinal) ? field.Name[prefix.Length..] : field.Name, indent)),
    ];

    private static IEnumerable<DiffLine> Lines(FieldChange field, string name, string indent)
    {
        if (field.From == field.To)
        {
            yield return new(' ', $"{indent}{name}: {field.To ?? "(absent)"}");
            yield break;
        }

        if (field.From is not null) yield return new('-', $"{indent}{name}: {field.From}");
        if (field.To is not null) yield return new('+', $"{indent}{name}: {field.To}");
    }
}
