using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Cockpit.Storage;

/// <summary>One SQLite file in write-ahead mode, synced at every commit. Writers take turns; readers never wait.</summary>
internal sealed class SqliteDatabase : StorageDatabase
{
    /// <summary>The file's name within the data directory.</summary>
    public const string FileName = "cockpit.db";

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _directory;
    private readonly string _path;
    private readonly bool _createIfMissing;

    public SqliteDatabase(string directory, bool createIfMissing, StorageHealth health, TimeProvider time) : base(health, time)
    {
        _directory = Path.GetFullPath(directory);
        _path = Path.Combine(_directory, FileName);
        _createIfMissing = createIfMissing;
    }

    public override TimeSpan FollowPollInterval => TimeSpan.FromSeconds(1);

    /// <summary>How long a writer waits for another process to finish its turn.</summary>
    internal TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Further statements for each connection; tests make the file full or read-only with them.</summary>
    internal string SessionPragmas { get; set; } = "";

    protected override string Dialect => "Sqlite";

    // The transaction began immediate: it holds the only write lock of the file.
    public override Task LockLedgerAsync(DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    // Other processes on the file find out by polling.
    public override Task AnnounceAsync(DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        using var connection = CreateConnection();
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    protected override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // A pooled connection would go on writing to a deleted file.
        if (!File.Exists(_path)) throw new FileNotFoundException($"The database file {FileName} is missing.");
        var connection = CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            var pragmas = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {(long)BusyTimeout.TotalMilliseconds}; PRAGMA synchronous = FULL; {SessionPragmas}");
            await connection.ExecuteAsync(new CommandDefinition(pragmas, cancellationToken: cancellationToken));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false));

    protected override async Task<DbConnection> OpenForMigrationAsync(CancellationToken cancellationToken)
    {
        CreateFile();
        var connection = await OpenAsync(cancellationToken);
        try
        {
            var mode = await connection.ExecuteScalarAsync<string>(
                new CommandDefinition("PRAGMA journal_mode = WAL", cancellationToken: cancellationToken));
            if (mode != "wal") throw new IOException($"The file system of {_directory} does not support SQLite's write-ahead mode.");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected override Task LockSchemaAsync(DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    // SQLite has no asynchronous calls: a write waits for the disk, and the caller may be a circuit.
    protected override async Task<T> OffloadAsync<T>(Func<Task<T>> work, bool isWrite, CancellationToken cancellationToken)
    {
        if (!isWrite) return await Task.Run(work, cancellationToken);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    protected override bool IsBrokenConnection(Exception exception) => false;

    protected override string Describe(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => "The database is locked by another process.",
        SqliteException { SqliteErrorCode: 8 } => "The database is read-only.",
        SqliteException { SqliteErrorCode: 10 } => "The disk of the database fails to read or write.",
        SqliteException { SqliteErrorCode: 11 or 26 } => "The database file is damaged or not a database.",
        SqliteException { SqliteErrorCode: 13 } => "The disk of the database is full.",
        SqliteException { SqliteErrorCode: 14 } => "The database file cannot be opened.",
        SqliteException other => string.Create(CultureInfo.InvariantCulture, $"The database failed (SQLite error {other.SqliteExtendedErrorCode})."),
        UnauthorizedAccessException => "The data directory may not be read or written.",
        _ => exception.Message,
    };

    private SqliteConnection CreateConnection() => new(new SqliteConnectionStringBuilder
    {
        DataSource = _path,
        Mode = SqliteOpenMode.ReadWrite,
        // The busy timeout does the waiting; the provider's own loop would sleep in steps of 150 ms on top of it.
        DefaultTimeout = 1,
    }.ToString());

    /// <summary>The file holds password hashes and signing keys: only the cockpit's own account may read it.</summary>
    private void CreateFile()
    {
        if (File.Exists(_path)) return;
        if (!_createIfMissing) throw new FileNotFoundException($"There is no database {FileName} in {_directory}.");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_directory);
            File.Open(_path, FileMode.OpenOrCreate).Dispose();
            return;
        }

        Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        new FileStream(_path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }).Dispose();
    }
}
