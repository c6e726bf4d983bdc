using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>Upkeep of a database: statistics, dead rows, indexes. There is no dry run and nothing is read back.</summary>
public sealed class DatabaseUpkeep(IDatabases databases) : IActionTarget
{
    private const string Table = "table";

    /// <inheritdoc/>
    public bool Does(ActionKind kind, TargetKind target) =>
        target == TargetKind.Database && kind is ActionKind.Analyze or ActionKind.Vacuum or ActionKind.Reindex;

    /// <inheritdoc/>
    public async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        var table = inputs.FirstOrDefault(input => action.Inputs.Any(asked => asked.Name == input.Name && asked.Kind == InputKind.Table))?.Value;
        var read = await databases.ReadAsync(action.Target.Name, cancellationToken);
        if (read is not TargetAnswer<DatabaseSeen>.Done { Value: var database }) return read.Select<TargetPlan>(_ => null!);
        if (action.Kind == ActionKind.Reindex && !database.Tables.Contains(table ?? ""))
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.NotFound($"{action.Target} has no table {table}"));
        return new TargetAnswer<TargetPlan>.Done(new TargetPlan(
            new TargetState(database.Identity, 0, "", TargetState.FieldsOf(table is null ? [] : [new(Table, table)])),
            table is null ? [] : [new(Table, table, table)], [new(' ', $"# {action.Target}"), new('+', Statement(action.Kind, table))]));
    }

    /// <inheritdoc/>
    public async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await databases.ReadAsync(change.Target.Name, cancellationToken)).Select(database => new TargetState(
            database.Identity, 0, "", TargetState.FieldsOf(change.Fields.Select(field => new KeyValuePair<string, string?>(field.Name, field.From)))));

    /// <inheritdoc/>
    public Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
        Task.FromResult(DryRunResult.NotAvailable("SQL offers no dry run of this"));

    /// <inheritdoc/>
    public Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken) =>
        databases.KeepUpAsync(change.Target.Name, change.Kind switch
        {
            ActionKind.Analyze => Upkeep.Analyze,
            ActionKind.Vacuum => Upkeep.Vacuum,
            _ => Upkeep.Reindex,
        }, change.To(Table), cancellationToken);

    private static string Statement(ActionKind kind, string? table) => kind switch
    {
        ActionKind.Analyze => "ANALYZE",
        ActionKind.Vacuum => "VACUUM (ANALYZE)",
        _ => $"REINDEX TABLE CONCURRENTLY {table}",
    };
}
