using Cockpit.Storage;
using Microsoft.Data.Sqlite;

namespace Cockpit.Tests.Storage;

internal sealed class SqliteRig : StorageRig
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("cockpit-storage-").FullName;

    public string FilePath => Path.Combine(Directory, SqliteDatabase.FileName);

    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        return connection;
    }

    public override Task TamperAsync(string sql) =>
        ExecuteAsync($"DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; {sql}");

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    protected override StorageDatabase CreateDatabase(StorageHealth health, IReadOnlyList<Migration>? migrations) =>
        new SqliteDatabase(Directory, true, health, Clock) { BusyTimeout = BusyTimeout, MigrationsOverride = migrations };

    protected override Task DeleteAsync()
    {
        System.IO.Directory.Delete(Directory, true);
        return Task.CompletedTask;
    }
}
