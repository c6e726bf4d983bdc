using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>Client sessions of a database, ended by pid and start. The list is the dry run; nothing is read back.</summary>
public sealed class DatabaseSessions(IDatabases databases) : IActionTarget
{
    private const string Prefix = "session.";

    /// <inheritdoc/>
    public bool Does(ActionKind kind, TargetKind target) => kind == ActionKind.TerminateBackends && target == TargetKind.Database;

    /// <inheritdoc/>
    public async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        var chosen = KeysOf(action, inputs);
        return (await databases.ReadAsync(action.Target.Name, cancellationToken)).Select(database =>
        {
            ImmutableArray<FieldChange> fields = [.. chosen.Select(key => new FieldChange(Prefix + key, "running", null))];
            ImmutableArray<DatabaseSession> sessions = [.. database.Sessions.Where(session => chosen.Contains(session.Key))];
            return new TargetPlan(
                StateOf(database.Identity, fields) with { Sessions = sessions }, fields,
                [
                    new(' ', $"# {action.Target}: {sessions.Length} of {database.Sessions.Length} sessions end"),
                    .. sessions.Select(session => new DiffLine('-',
                        $"{session.Pid}  {session.User}  {session.Application}  {FigureText.Duration(session.RunsFor)}  {session.Query}")),
                    .. chosen.Where(key => sessions.All(session => session.Key != key)).Select(key => new DiffLine(' ', $"{key}  has ended by itself")),
                ], $"({sessions.Length})");
        });
    }

    /// <inheritdoc/>
    public async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await databases.ReadAsync(change.Target.Name, cancellationToken)).Select(database => StateOf(database.Identity, change.Fields));

    /// <inheritdoc/>
    public Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
        Task.FromResult(DryRunResult.NotAvailable("the list below is what would end"));

    /// <inheritdoc/>
    public Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken) =>
        databases.TerminateAsync(
            change.Target.Name,
            [.. change.Fields.Select(field => SessionOf(field.Name[Prefix.Length..]))], cancellationToken);

    private static ImmutableArray<string> KeysOf(ActionDefinition action, ImmutableArray<InputValue> inputs) =>
        inputs.FirstOrDefault(input => action.Inputs.Any(asked => asked.Name == input.Name && asked.Kind == InputKind.Backends)) is { } given
            ? [.. given.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Order(StringComparer.Ordinal)]
            : [];

    // Sessions end all the time and one that has ended is left alone, so that one is gone makes no preview untrue.
    private static TargetState StateOf(string identity, ImmutableArray<FieldChange> fields) =>
        new(identity, 0, "", TargetState.FieldsOf(fields.Select(field => new KeyValuePair<string, string?>(field.Name, field.From))));

    private static DatabaseSession SessionOf(string key)
    {
        var at = key.IndexOf('@', StringComparison.Ordinal);
        var pid = at > 0 && int.TryParse(key[..at], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new DatabaseSession(pid, key[(at + 1)..], "", "", "", TimeSpan.Zero, "");
    }
}
