using System.Data.Common;
using Cockpit.UseCases.Recording;
using Dapper;

namespace Cockpit.Storage;

/// <summary>Brings the schema up to date within the caller's locked transaction: all missing migrations or none.</summary>
internal static class Migrator
{
    public static async Task ApplyAsync(
        DbTransaction transaction, IReadOnlyList<Migration> known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                number bigint PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at_us bigint NOT NULL
            )
            """,
            transaction: transaction,
            cancellationToken: cancellationToken));
        var applied = (await connection.QueryAsync<Applied>(new CommandDefinition(
            "SELECT number AS Number, name AS Name, checksum AS Checksum FROM schema_migrations ORDER BY number",
            transaction: transaction,
            cancellationToken: cancellationToken))).AsList();

        foreach (var migration in SelectMissing(known, applied))
        {
            await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, cancellationToken: cancellationToken));
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO schema_migrations (number, name, checksum, applied_at_us) VALUES (@Number, @Name, @Checksum, @now)",
                new { migration.Number, migration.Name, migration.Checksum, now = LedgerEncoding.ToMicroseconds(now) },
                transaction,
                cancellationToken: cancellationToken));
        }
    }

    private static List<Migration> SelectMissing(IReadOnlyList<Migration> known, List<Applied> applied)
    {
        var newest = known.Count == 0 ? "none" : known[^1].Name;
        foreach (var row in applied)
        {
            var migration = known.FirstOrDefault(candidate => candidate.Number == row.Number)
                ?? throw new MigrationRefusedException(
                    $"The database holds migration {row.Name}, which this version does not know (its newest is {newest}). "
                    + "It was written by a newer Cockpit: start that version, or restore a backup from before the upgrade.");
            if (migration.Checksum != row.Checksum)
                throw new MigrationRefusedException(
                    $"Migration {migration.Name} is not the one that was applied to this database: its text has changed since. "
                    + "Restore the file and put the change into a new migration.");
        }

        var missing = known.Where(migration => applied.TrueForAll(row => row.Number != migration.Number)).ToList();
        if (applied.Count > 0 && missing.Find(migration => migration.Number < applied[^1].Number) is { } skipped)
            throw new MigrationRefusedException($"Migration {skipped.Name} was never applied, but {applied[^1].Name} after it was.");
        return missing;
    }

    private sealed class Applied
    {
        public long Number { get; init; }

        public string Name { get; init; } = "";

        public string Checksum { get; init; } = "";
    }
}
