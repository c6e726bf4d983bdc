using System.Diagnostics;
using System.Globalization;
using Cockpit.Domain.Cards;
using Npgsql;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>A failover: read back by role. Sentinel counts them in its epoch.</summary>
internal sealed record Failover() : Deed("failover", "failover", Group, ReadBack.Role)
{
    private const string Group = "mymaster";

    private static string Sentinel => LabSetting.Get("COCKPIT_LAB_SENTINELS").Split(',')[0];

    public override Task PrepareAsync() => UntilAsync(async () =>
    {
        var master = await MasterAsync();
        if (master["flags"] != "master") return false;
        var replication = await AskAsync($"{master["ip"]}:{master["port"]}", "info", "replication");
        return replication.Split('\n').Count(line => line.Contains("state=online", StringComparison.Ordinal)) == 2;
    }, "the group is whole");

    public override async Task<Look> LookAsync()
    {
        // While the others are told of it, only the address names the new master already.
        var address = (await AskAsync(Sentinel, "sentinel", "get-master-addr-by-name", Group)).Split('\n');
        return new Look(long.Parse((await MasterAsync())["config-epoch"], CultureInfo.InvariantCulture), $"{address[0].Trim()}:{address[1].Trim()}");
    }

    public override bool IsDone(Look before, Look after, string execution) => before.State != after.State;

    private static async Task<Dictionary<string, string>> MasterAsync()
    {
        var lines = (await AskAsync(Sentinel, "sentinel", "master", Group)).Split('\n');
        return lines.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
    }

    private static async Task<string> AskAsync(string server, params string[] command)
    {
        var at = server.Split(':');
        var start = new ProcessStartInfo("redis-cli", ["--no-auth-warning", "-h", at[0], "-p", at[1], .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Environment.GetEnvironmentVariable("COCKPIT_LAB_REDIS_PASSWORD") is { Length: > 0 } password) start.Environment["REDISCLI_AUTH"] = password;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}

/// <summary>Something done to the database, of which nothing tells afterwards whether it was done.</summary>
internal abstract record DatabaseDeed(string Kind, string Action) : Deed(Kind, Action, "primary", ReadBack.None)
{
    protected static async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    protected static async Task<NpgsqlConnection> OpenAsync(string server = "COCKPIT_LAB_PG_OWNER_PRIMARY", string application = "crash-test")
    {
        var connection = new NpgsqlConnection($"{LabSetting.Get(server)};Pooling=false;Command Timeout=0;Application Name={application}");
        await connection.OpenAsync();
        return connection;
    }
}

/// <summary>Statistics; the server counts on its own how often a table's were refreshed by hand.</summary>
internal sealed record Analyze() : DatabaseDeed("analyze", "analyze")
{
    private const string Table = "crash_counts";

    public override Task PrepareAsync() => AskAsync<long>(
        $"CREATE TABLE IF NOT EXISTS {Table} (id int); ALTER TABLE {Table} OWNER TO bondx; SELECT count(*) FROM {Table}");

    public override async Task<Look> LookAsync() =>
        new(await AskAsync<long>($"SELECT analyze_count FROM pg_stat_user_tables WHERE relname = '{Table}'"), "");

    public override bool IsDone(Look before, Look after, string execution) => after.Acts > before.Acts;
}

/// <summary>Sessions that end; the server counts those that were killed.</summary>
internal sealed record Terminate() : DatabaseDeed("terminate", "terminate")
{
    private const string Application = "crash-sleeper";
    private const string Started = "to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    public override async Task PrepareAsync()
    {
        if (await AskAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{Application}'") == 0)
            _ = SleepAsync(await OpenAsync("COCKPIT_LAB_PG_PRIMARY", Application));
        await UntilAsync(async () => await AskAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{Application}' AND state = 'active'") == 1, "somebody sleeps");
        Inputs["sessions"] = await AskAsync<string>($"SELECT pid || '@' || {Started} FROM pg_stat_activity WHERE application_name = '{Application}'");
    }

    public override async Task<Look> LookAsync() => new(
        await AskAsync<long>("SELECT sessions_killed FROM pg_stat_database WHERE datname = 'bondx'"),
        await AskAsync<string>($"SELECT coalesce(string_agg(pid || '@' || {Started}, ','), '') FROM pg_stat_activity WHERE application_name = '{Application}'"));

    public override bool IsDone(Look before, Look after, string execution) => before.State != after.State;

    private static async Task SleepAsync(NpgsqlConnection connection)
    {
        await using (connection)
        {
            await using var command = new NpgsqlCommand("SELECT pg_sleep(3600)", connection);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // It was ended, as it was there for.
            }
        }
    }
}
