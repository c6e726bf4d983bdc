namespace Cockpit.Connectors.Redis;

/// <summary>Words for a read of a Redis or Sentinel process that failed.</summary>
internal static class RedisFailure
{
    public static bool IsExpected(Exception exception) =>
        exception is RespProtocolException or RedisRefusedException || Failure.Describe(exception) is not null;

    public static string Describe(Exception exception) => exception switch
    {
        RespProtocolException or RedisRefusedException => exception.Message,
        _ => Failure.Describe(exception) ?? "failed",
    };

    /// <summary>The error as an exception whose message follows the server's name.</summary>
    public static RedisRefusedException Refused(RespValue.Error error) => new(error.Code, error.Code switch
    {
        "NOAUTH" => "asks for a password",
        "NOPERM" => "does not let this user read its state",
        "LOADING" => "is loading its data set",
        "BUSY" => "is busy running a script",
        _ => $"answered with an error: {Failure.Quote($"{error.Code} {error.Message}")}",
    });
}
