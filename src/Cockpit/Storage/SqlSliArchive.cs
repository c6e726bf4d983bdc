using System.Data.Common;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Recording;
using Dapper;

namespace Cockpit.Storage;

/// <summary>The counted history of objectives in two tables: one row an objective, and one of notes.</summary>
internal sealed class SqlSliArchive(StorageDatabase database) : ISliArchive
{
    public Task<SliArchiveContents> LoadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                "SELECT objective_key AS ObjectiveKey, taken_at_us AS TakenAt, series AS Series, counters AS Counters FROM objective_series ORDER BY objective_key",
                cancellationToken: cancellationToken));
            var notes = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "SELECT notes FROM objective_notes WHERE id = 1", cancellationToken: cancellationToken));
            return new SliArchiveContents([.. rows.Select(row => row.ToArchived())], notes);
        },
        cancellationToken);

    public Task SaveAsync(IReadOnlyList<ArchivedSeries> series, string? notes, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                foreach (var each in series)
                {
                    await ExecuteAsync(
                        transaction,
                        """
                        INSERT INTO objective_series (objective_key, taken_at_us, series, counters) VALUES (@Key, @at, @Series, @Counters)
                        ON CONFLICT (objective_key) DO UPDATE SET taken_at_us = excluded.taken_at_us, series = excluded.series, counters = excluded.counters
                        WHERE excluded.taken_at_us >= objective_series.taken_at_us
                        """,
                        new { each.Key, at = LedgerEncoding.ToMicroseconds(each.TakenAt), each.Series, each.Counters },
                        cancellationToken);
                }

                if (notes is null) return true;
                await ExecuteAsync(
                    transaction,
                    """
                    INSERT INTO objective_notes (id, taken_at_us, notes) VALUES (1, @at, @notes)
                    ON CONFLICT (id) DO UPDATE SET taken_at_us = excluded.taken_at_us, notes = excluded.notes
                    """,
                    new { at = LedgerEncoding.ToMicroseconds(now), notes },
                    cancellationToken);
                return true;
            },
            cancellationToken);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private sealed class Row
    {
        public string ObjectiveKey { get; init; } = "";

        public long TakenAt { get; init; }

        public byte[] Series { get; init; } = [];

        public string Counters { get; init; } = "";

        public ArchivedSeries ToArchived() => new(ObjectiveKey, LedgerEncoding.FromMicroseconds(TakenAt), Series, Counters);
    }
}
