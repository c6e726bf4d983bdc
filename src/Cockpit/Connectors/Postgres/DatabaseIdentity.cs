using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>Which database it is, however it is addressed: the same on a primary and its standbys, another on any other cluster.</summary>
/// <param name="SystemIdentifier">Of the cluster, given at its creation.</param>
/// <param name="DatabaseOid">Of the database within it.</param>
public sealed record DatabaseIdentity(long SystemIdentifier, long DatabaseOid)
{
    private const string Query =
        "SELECT (SELECT system_identifier FROM pg_control_system())::bigint, (SELECT oid FROM pg_database WHERE datname = current_database())::bigint";

    /// <summary>Another database of the same cluster shares its fate: when the one is down, so is the other.</summary>
    public bool SharesServerWith(DatabaseIdentity other) => SystemIdentifier == other.SystemIdentifier;

    /// <summary>Reads the identity of the database that the connections of a data source lead to.</summary>
    public static async Task<DatabaseIdentity> ReadAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var command = server.CreateCommand(Query);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) throw new PostgresRefusedException("did not answer as PostgreSQL does");
        return new(row.GetInt64(0), row.GetInt64(1));
    }
}
