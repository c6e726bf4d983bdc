namespace Cockpit.Connectors.Postgres;

/// <summary>One standby that should be there.</summary>
/// <param name="Name">As people call it; best also the <c>application_name</c> with which it streams.</param>
/// <param name="ConnectionString">How to reach it.</param>
public sealed record PostgresStandby(string Name, string ConnectionString)
{
    // The generated text would print the password.
    public override string ToString() => Name;
}

/// <summary>The primary to watch and its standbys. Without this section PostgreSQL is not configured.</summary>
public sealed class PostgresOptions
{
    public const string Section = "Postgres";

    /// <summary>Connection string of the primary.</summary>
    public string Primary { get; set; } = "";

    /// <summary>Connection string of the primary for actions, with an account that may end sessions and keep tables up; the primary's own when empty.</summary>
    public string Actions { get; set; } = "";

    public IReadOnlyList<PostgresStandby> Standbys { get; set; } = [];

    /// <summary>How long one read of all the servers may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);
}
