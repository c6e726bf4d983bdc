using Microsoft.Extensions.Options;
using Npgsql;

namespace Cockpit.Storage;

/// <summary>Where the cockpit keeps what it records.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary><see cref="Kind"/> for a file beside the cockpit.</summary>
    public const string Sqlite = "sqlite";

    /// <summary><see cref="Kind"/> for a server that several instances may share.</summary>
    public const string Postgres = "postgres";

    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public string Kind { get; set; } = Sqlite;

    /// <summary>The directory of the SQLite file, created when missing; relative to the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>How to reach PostgreSQL, with host and database.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The file to which anchors are appended. With SQLite, <c>audit-anchors.jsonl</c> in the data directory unless given.</summary>
    public string? AnchorFile { get; set; }

    /// <summary>How often a new head of the ledger is anchored; 1 second to 1 day.</summary>
    public TimeSpan AnchorEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>False for tools that only look at a database: a missing SQLite file is then an error.</summary>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>The anchor file in effect; null when there is none.</summary>
    public string? EffectiveAnchorFile =>
        AnchorFile ?? (Kind == Sqlite ? Path.Combine(DataDirectory, "audit-anchors.jsonl") : null);
}

/// <summary>Names every wrong key and what it accepts; never a value that may hold a secret.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var errors = new List<string>();
        if (options.Kind is not (StorageOptions.Sqlite or StorageOptions.Postgres))
            errors.Add($"Storage:Kind is '{options.Kind}'; accepted are {StorageOptions.Sqlite} and {StorageOptions.Postgres}.");
        if (options.Kind == StorageOptions.Sqlite && string.IsNullOrWhiteSpace(options.DataDirectory))
            errors.Add("Storage:DataDirectory is empty; accepted is the path of a directory.");
        if (options.Kind == StorageOptions.Postgres && !NamesHostAndDatabase(options.ConnectionString))
            errors.Add("Storage:ConnectionString is missing or not understood; accepted is Host=...;Database=...;Username=...;Password=....");
        if (options.AnchorFile is not null && string.IsNullOrWhiteSpace(options.AnchorFile))
            errors.Add("Storage:AnchorFile is empty; accepted is the path of a file, or leave the key out.");
        if (options.AnchorEvery < TimeSpan.FromSeconds(1) || options.AnchorEvery > TimeSpan.FromDays(1))
            errors.Add("Storage:AnchorEvery is out of range; accepted is 00:00:01 to 1.00:00:00.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool NamesHostAndDatabase(string? connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return !string.IsNullOrWhiteSpace(parts.Host) && !string.IsNullOrWhiteSpace(parts.Database);
        }
        catch (Exception notUnderstood) when (notUnderstood is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
