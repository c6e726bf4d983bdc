using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>Words for a read of a PostgreSQL server that failed; they follow the server's name.</summary>
internal static class PostgresFailure
{
    /// <summary>The driver reports bytes that are not PostgreSQL's in many ways, a message of two gigabytes as a lack of memory.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is NpgsqlException or PostgresRefusedException or InvalidCastException or InvalidOperationException or ArgumentException
            or FormatException or OverflowException or IndexOutOfRangeException or NotSupportedException or OutOfMemoryException
        || Failure.Describe(exception) is not null;

    public static string Describe(Exception exception) => exception switch
    {
        PostgresRefusedException refused => refused.Message,
        PostgresException answered => Describe(answered),
        _ => Failure.Describe(exception) ?? "did not answer as PostgreSQL does",
    };

    private static string Describe(PostgresException answered) => answered.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "refuses the user or the password",
        PostgresErrorCodes.InvalidCatalogName => "has no database of the configured name",
        PostgresErrorCodes.TooManyConnections => "has no connection slot left",
        PostgresErrorCodes.CannotConnectNow => $"is not ready for reads: {Failure.Quote(answered.MessageText)}",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "is shutting down",
        PostgresErrorCodes.QueryCanceled => Failure.Timeout,
        PostgresErrorCodes.InsufficientPrivilege => "does not let this user read its state (GRANT pg_monitor)",
        _ => $"answered with an error: {Failure.Quote($"{answered.SqlState} {answered.MessageText}")}",
    };
}

/// <summary>The server answered, but not with what is needed; the message says what to do.</summary>
internal sealed class PostgresRefusedException(string message) : Exception(message);
