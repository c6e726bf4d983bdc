using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace Cockpit.Storage;

/// <summary>A PostgreSQL database, perhaps shared by several instances. Locks are named after the schema, so that several cockpits can share a server.</summary>
internal sealed class PostgresDatabase : StorageDatabase
{
    /// <summary>The channel on which appends are announced.</summary>
    public const string Channel = "cockpit_ledger";

    private readonly NpgsqlDataSource _source;
    private readonly string _dedicated;

    public PostgresDatabase(string connectionString, StorageHealth health, TimeProvider time) : base(health, time)
    {
        // The typed builder knows a value for every key; only the plain one tells which were given.
        var given = new DbConnectionStringBuilder { ConnectionString = new NpgsqlConnectionStringBuilder(connectionString).ConnectionString };
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false };
        if (!given.ContainsKey("Application Name")) settings.ApplicationName = "cockpit";
        if (!given.ContainsKey("Timeout")) settings.Timeout = 5;
        if (!given.ContainsKey("Command Timeout")) settings.CommandTimeout = 10;
        _source = NpgsqlDataSource.Create(settings);
        _dedicated = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = 2, CommandTimeout = 5 }.ConnectionString;
    }

    public override TimeSpan FollowPollInterval => TimeSpan.FromSeconds(5);

    protected override string Dialect => "Postgres";

    /// <summary>Opens a connection for listening or for holding a lock: not pooled, and closed by the client soon after the server is gone.</summary>
    public async Task<NpgsqlConnection> OpenDedicatedAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_dedicated);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>SQL for a 64-bit lock number that belongs to a purpose within the current schema.</summary>
    public static string LockNumber(string purpose) => $"hashtextextended('cockpit/{purpose}/' || current_schema(), 0)";

    /// <summary>True for what a server that is away, or going away, makes its clients see.</summary>
    public static bool IsConnectionFailure(Exception exception) =>
        exception is NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException;

    public override Task LockLedgerAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        LockAsync("ledger", transaction, cancellationToken);

    public override Task AnnounceAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition($"NOTIFY {Channel}", transaction: transaction, cancellationToken: cancellationToken));

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    protected override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(cancellationToken);

    protected override Task<DbConnection> OpenForMigrationAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    protected override Task LockSchemaAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        LockAsync("schema", transaction, cancellationToken);

    protected override Task<T> OffloadAsync<T>(Func<Task<T>> work, bool isWrite, CancellationToken cancellationToken) => work();

    protected override bool IsBrokenConnection(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        NpgsqlException => exception.InnerException is IOException or SocketException,
        _ => false,
    };

    protected override string Describe(Exception exception) => exception switch
    {
        PostgresException postgres => DescribeState(postgres.SqlState),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => "The database server does not answer in time.",
        _ => "The database server cannot be reached.",
    };

    private static string DescribeState(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => "The disk of the database server is full.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The database server is read-only: it is a standby.",
        PostgresErrorCodes.InvalidCatalogName => "The database does not exist.",
        PostgresErrorCodes.InvalidSchemaName => "The schema does not exist, or none is on the search path.",
        PostgresErrorCodes.InsufficientPrivilege => "The database refuses the cockpit's account a permission it needs.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "The database server ended the connection.",
        PostgresErrorCodes.CannotConnectNow => "The database server is starting or stopping.",
        PostgresErrorCodes.TooManyConnections => "The database server has no connections left.",
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => "The database server does not answer in time.",
        _ when state.StartsWith("28", StringComparison.Ordinal) => "The database server refuses the cockpit's credentials.",
        _ => $"The database failed (SQLSTATE {state}).",
    };

    private static Task LockAsync(string purpose, DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            // A statement of its own: the next one must take its snapshot after the lock is held.
            string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({LockNumber(purpose)})"),
            transaction: transaction,
            cancellationToken: cancellationToken));
}
