using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cockpit.Domain.Executions;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>The sessions and tables of a server, as actions see them.</summary>
internal static partial class PostgresSessions
{
    private const int LongestQuery = 120;

    private const string Sessions =
        """
        SELECT pid, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), backend_type, coalesce(usename, '')::text,
               coalesce(application_name, '')::text, extract(epoch FROM clock_timestamp() - coalesce(query_start, backend_start))::float8, left(coalesce(query, ''), 400)
        FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND application_name NOT LIKE 'cockpit%' AND (backend_type <> 'client backend' OR state = 'active')
        ORDER BY coalesce(query_start, backend_start), pid
        LIMIT 500
        """;

    private const string Tables =
        """
        SELECT schemaname || '.' || relname FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC, 1 LIMIT 200
        """;

    // pid and start together name one session for ever; whoever got the pid since is left alone, and so is everybody who is no client.
    private const string Terminate =
        """
        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE pid = $1 AND to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') = $2
          AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        """;

    public static async Task<(ImmutableArray<DatabaseSession> Sessions, ImmutableArray<string> Tables)> ReadAsync(
        NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Sessions), new(Tables) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var sessions = ImmutableArray.CreateBuilder<DatabaseSession>();
        while (await rows.ReadAsync(cancellationToken))
        {
            sessions.Add(new(
                rows.GetInt32(0), rows.GetString(1), rows.IsDBNull(2) ? "" : rows.GetString(2), rows.GetString(3), rows.GetString(4),
                TimeSpan.FromSeconds(Math.Max(0, rows.GetDouble(5))), WithoutLiterals(rows.GetString(6))));
        }

        var tables = ImmutableArray.CreateBuilder<string>();
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) tables.Add(rows.GetString(0));
        return (sessions.ToImmutable(), tables.ToImmutable());
    }

    /// <summary>How many of these sessions ended.</summary>
    public static async Task<int> TerminateAsync(NpgsqlDataSource server, ImmutableArray<DatabaseSession> sessions, CancellationToken cancellationToken)
    {
        var ended = 0;
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        foreach (var session in sessions)
        {
            await using var command = new NpgsqlCommand(Terminate, connection);
            command.Parameters.Add(new() { Value = session.Pid });
            command.Parameters.Add(new() { Value = session.StartedAt });
            ended += await command.ExecuteScalarAsync(cancellationToken) is long count ? (int)count : 0;
        }

        return ended;
    }

    /// <summary>A table's name as <c>schema.name</c>, quoted for a statement.</summary>
    public static string Quoted(string table)
    {
        var dot = table.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Identifier(table) : $"{Identifier(table[..dot])}.{Identifier(table[(dot + 1)..])}";
    }

    /// <summary>A query's beginning on one line; what stands in it as a value may be a secret.</summary>
    internal static string WithoutLiterals(string query)
    {
        var plain = Number().Replace(Text().Replace(query, "?"), "?");
        var line = Blank().Replace(plain, " ").Trim();
        return line.Length <= LongestQuery ? line : $"{line[..LongestQuery]}…";
    }

    private static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // 'it''s', E'\'', and one that the server cut off in the middle
    [GeneratedRegex(@"[eE]?'(?:[^'\\]|''|\\.)*('|$)|\$(\w*)\$.*?(\$\2\$|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<![\w$])\d+(\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
