using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>Whether a database accepts connections and, of a standby, what its replay does: what <c>pg_isready</c> says and more.</summary>
public sealed class DatabaseCheck(IDatabases databases) : ICheck
{
    /// <inheritdoc/>
    public TargetKind Target => TargetKind.Database;

    /// <inheritdoc/>
    public Task<TargetAnswer<ImmutableArray<CheckLine>>> AskAsync(ActionDefinition action, CancellationToken cancellationToken) =>
        databases.CheckAsync(action.Target.Name, cancellationToken);
}
