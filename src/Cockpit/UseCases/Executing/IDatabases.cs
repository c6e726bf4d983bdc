using System.Collections.Immutable;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>Upkeep of a database that its server does by itself once it is asked.</summary>
public enum Upkeep
{
    /// <summary>Refreshes the planner's statistics.</summary>
    Analyze,

    /// <summary>Reclaims dead rows and refreshes statistics.</summary>
    Vacuum,

    /// <summary>Rebuilds a table's indexes without blocking writes.</summary>
    Reindex,
}

/// <summary>A database server as actions see it.</summary>
/// <param name="Identity">What a server that took its place would not share.</param>
/// <param name="Sessions">Its sessions of every kind, the longest running first; never the cockpit's own.</param>
/// <param name="Tables">Its tables as <c>schema.name</c>, the largest first.</param>
public sealed record DatabaseSeen(string Identity, ImmutableArray<DatabaseSession> Sessions, ImmutableArray<string> Tables);

/// <summary>Reads and keeps up PostgreSQL servers for actions, over connections of their own with a statement timeout.</summary>
public interface IDatabases
{
    /// <summary>Reads a server: <c>primary</c> or a standby's name.</summary>
    Task<TargetAnswer<DatabaseSeen>> ReadAsync(string database, CancellationToken cancellationToken);

    /// <summary>Ends client sessions, each by pid and start; whatever has ended since, or is no client's, is left alone. Sent at most once.</summary>
    /// <returns>How many ended, in words.</returns>
    Task<TargetAnswer<string>> TerminateAsync(string database, ImmutableArray<DatabaseSession> sessions, CancellationToken cancellationToken);

    /// <summary>Has the server do upkeep and waits for a few seconds; it goes on without us after that. Sent at most once.</summary>
    /// <param name="database">The server.</param>
    /// <param name="upkeep">What to do.</param>
    /// <param name="table">The table as <c>schema.name</c>, for a rebuild of indexes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How far it came, in words.</returns>
    Task<TargetAnswer<string>> KeepUpAsync(string database, Upkeep upkeep, string? table, CancellationToken cancellationToken);

    /// <summary>Asks a server whether it accepts connections and, of a standby, what its replay does.</summary>
    Task<TargetAnswer<ImmutableArray<CheckLine>>> CheckAsync(string database, CancellationToken cancellationToken);
}
