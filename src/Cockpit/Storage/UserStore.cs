using System.Data.Common;
using System.Security.Cryptography;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Dapper;

namespace Cockpit.Storage;

/// <summary>Local users in a table.</summary>
internal sealed class UserStore(StorageDatabase database, TimeProvider time) : IUserStore
{
    private const int MaxName = 100;

    private const string Select =
        """
        SELECT id AS Id, name AS Name, password_hash AS PasswordHash, roles AS Roles, security_stamp AS SecurityStamp,
               is_disabled AS IsDisabled, created_at_us AS CreatedAt
        FROM users
        """;

    public async Task<UserCreation> CreateAsync(
        string name, string passwordHash, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl) || !StorableText.IsWellFormed(name))
            throw new ArgumentException($"A user name is 1 to {MaxName} characters without control characters.", nameof(name));
        var row = new Row
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = name.Trim(),
            PasswordHash = passwordHash,
            Roles = WriteRoles(roles),
            SecurityStamp = NewStamp(),
            CreatedAt = LedgerEncoding.ToMicroseconds(time.GetUtcNow()),
        };
        var added = await database.WriteAsync(
            transaction => ExecuteAsync(
                transaction,
                """
                INSERT INTO users (id, name, normalized_name, password_hash, roles, security_stamp, is_disabled, created_at_us)
                VALUES (@Id, @Name, @normalizedName, @PasswordHash, @Roles, @SecurityStamp, 0, @CreatedAt)
                ON CONFLICT (normalized_name) DO NOTHING
                """,
                new { row.Id, row.Name, normalizedName = Normalize(name), row.PasswordHash, row.Roles, row.SecurityStamp, row.CreatedAt },
                cancellationToken),
            cancellationToken);
        return added == 1 ? new UserCreation.Created(row.ToUser()) : new UserCreation.NameTaken(row.Name);
    }

    public Task<LocalUser?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        StorableText.IsWellFormed(name) ? FindAsync("normalized_name", Normalize(name), cancellationToken) : Task.FromResult<LocalUser?>(null);

    public Task<LocalUser?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        StorableText.IsWellFormed(id) ? FindAsync("id", id, cancellationToken) : Task.FromResult<LocalUser?>(null);

    public async Task<IReadOnlyList<LocalUser>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(Select, cancellationToken: cancellationToken)), cancellationToken);
        return [.. rows.OrderBy(row => Normalize(row.Name), StringComparer.Ordinal).Select(row => row.ToUser())];
    }

    public Task<LocalUser?> UpdateRolesAsync(string id, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) =>
        UpdateAsync(id, "roles", WriteRoles(roles), cancellationToken);

    public Task<LocalUser?> UpdatePasswordAsync(string id, string passwordHash, CancellationToken cancellationToken) =>
        UpdateAsync(id, "password_hash", passwordHash, cancellationToken);

    public Task<LocalUser?> SetDisabledAsync(string id, bool isDisabled, CancellationToken cancellationToken) =>
        UpdateAsync(id, "is_disabled", isDisabled ? 1L : 0L, cancellationToken);

    private static string Normalize(string name) => name.Trim().ToUpperInvariant();

    private static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string WriteRoles(IReadOnlyCollection<string> roles)
    {
        if (roles.Any(role => role.Length == 0 || role.Contains(',', StringComparison.Ordinal) || !StorableText.IsWellFormed(role)))
            throw new ArgumentException("A role name is not empty and holds no comma.", nameof(roles));
        return string.Join(',', roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private Task<LocalUser?> FindAsync(string column, string value, CancellationToken cancellationToken) => database.ReadAsync(
        connection => FindAsync(connection, null, column, value, cancellationToken), cancellationToken);

    private static async Task<LocalUser?> FindAsync(
        DbConnection connection, DbTransaction? transaction, string column, string value, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} WHERE {column} = @value", new { value }, transaction, cancellationToken: cancellationToken));
        return row?.ToUser();
    }

    private Task<LocalUser?> UpdateAsync(string id, string column, object value, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            await ExecuteAsync(
                transaction,
                $"UPDATE users SET {column} = @value, security_stamp = @stamp WHERE id = @id",
                new { id, value, stamp = NewStamp() },
                cancellationToken);
            return await FindAsync(transaction.Connection!, transaction, "id", id, cancellationToken);
        },
        cancellationToken);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Name { get; init; } = "";

        public string PasswordHash { get; init; } = "";

        public string Roles { get; init; } = "";

        public string SecurityStamp { get; init; } = "";

        public long IsDisabled { get; init; }

        public long CreatedAt { get; init; }

        public LocalUser ToUser() => new(
            Id,
            Name,
            PasswordHash,
            Roles.Length == 0 ? [] : [.. Roles.Split(',')],
            SecurityStamp,
            IsDisabled != 0,
            LedgerEncoding.FromMicroseconds(CreatedAt));
    }
}
