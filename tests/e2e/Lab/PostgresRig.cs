using System.Globalization;
using Cockpit.Storage;
using Cockpit.Tests.Storage;
using Npgsql;

namespace Cockpit.E2E.Lab;

/// <summary>A schema of its own in the lab's storage database, so that tests share a server and nothing else.</summary>
internal sealed class PostgresRig : StorageRig
{
    private const string End = "pg_terminate_backend(pid, 5000)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _schema = $"test_{Guid.NewGuid():N}";
    private readonly string _observerString;
    private readonly NpgsqlDataSource _observer;

    private PostgresRig(string connectionString)
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = _schema, ApplicationName = _schema }.ConnectionString;
        _observerString = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "observer" }.ConnectionString;
        _observer = NpgsqlDataSource.Create(_observerString);
    }

    public string ConnectionString { get; }

    public static async Task<PostgresRig> CreateAsync()
    {
        var rig = new PostgresRig(LabSetting.Get("COCKPIT_LAB_STORAGE"));
        await rig.ExecuteAsync($"CREATE SCHEMA {rig._schema}");
        return rig;
    }

    /// <summary>An instance whose connection string ends with another setting.</summary>
    public StorageInstance OpenWith(string setting) => Open(health => new PostgresDatabase($"{ConnectionString};{setting}", health, Clock));

    public override Task TamperAsync(string sql) =>
        ExecuteAsync($"ALTER TABLE ledger DISABLE TRIGGER ALL; {sql}; ALTER TABLE ledger ENABLE TRIGGER ALL");

    public override async Task ExecuteAsync(string sql)
    {
        await using var command = _observer.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Keeps every append waiting until disposed.</summary>
    public async Task<NpgsqlConnection> HoldLedgerLockAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_observerString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresDatabase.LockNumber("ledger")})", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public Task UntilWaitingAsync() => UntilTrueAsync(Waiting("pid"));

    public async Task EndWaitingConnectionAsync()
    {
        await UntilWaitingAsync();
        await UntilTrueAsync(Waiting(End));
    }

    public Task EndEveryConnectionAsync() =>
        UntilTrueAsync($"SELECT COUNT({End}) > 0 FROM pg_stat_activity WHERE application_name = '{_schema}'");

    public Task UntilListeningAsync() => UntilTrueAsync(Listening("pid"));

    public Task EndListenerAsync() => UntilTrueAsync(Listening(End));

    public Task EndLeaderAsync() => UntilTrueAsync(
        $"""
         SELECT COUNT(pg_terminate_backend(l.pid, 5000)) > 0 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'advisory' AND l.granted AND a.application_name = '{_schema}'
         """);

    protected override StorageDatabase CreateDatabase(StorageHealth health, IReadOnlyList<Migration>? migrations) =>
        new PostgresDatabase(ConnectionString, health, Clock) { MigrationsOverride = migrations };

    protected override async Task DeleteAsync()
    {
        await ExecuteAsync($"DROP SCHEMA {_schema} CASCADE");
        await _observer.DisposeAsync();
    }

    private string Waiting(string what) =>
        $"SELECT COUNT({what}) > 0 FROM pg_stat_activity WHERE application_name = '{_schema}' AND wait_event_type = 'Lock' AND wait_event = 'advisory'";

    private string Listening(string what) => $"SELECT COUNT({what}) > 0 FROM pg_stat_activity WHERE application_name = '{_schema}' AND query LIKE 'LISTEN%'";

    private async Task UntilTrueAsync(string sql)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var command = _observer.CreateCommand(sql);
            if (await command.ExecuteScalarAsync() is true) return;
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"Not within {Patience}: {sql}"));
        }
    }
}
