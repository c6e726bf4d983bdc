using Npgsql;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>A schema in the lab's storage server that goes with its owner, also when the server was killed in between.</summary>
internal sealed class OwnSchema : IAsyncDisposable
{
    private readonly string _name = $"page_{Guid.NewGuid():N}";
    private readonly string _server = LabSetting.Get("COCKPIT_LAB_STORAGE");

    private OwnSchema() => ConnectionString = new NpgsqlConnectionStringBuilder(_server) { SearchPath = _name }.ConnectionString;

    public string ConnectionString { get; }

    public static async Task<OwnSchema> CreateAsync()
    {
        var schema = new OwnSchema();
        await schema.ExecuteAsync($"CREATE SCHEMA {schema._name}");
        return schema;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP SCHEMA {_name} CASCADE");

    private async Task ExecuteAsync(string sql)
    {
        // A pool would hand out a connection that the kill has ended.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
