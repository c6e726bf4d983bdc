using System.Net;
using System.Text.Json;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>The object in which the API server explains a failure.</summary>
internal sealed record KubeStatus(string? Kind = null, string? Message = null, string? Reason = null, int Code = 0, KubeStatusDetails? Details = null)
{
    private const int LongestMessage = 600;

    /// <summary>Reads the body of a failed request; null when it is something else.</summary>
    public static KubeStatus? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            return KubeJson.Read<KubeStatus>(body) is { Kind: "Status" } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="code">The HTTP status.</param>
    /// <param name="status">The server's explanation, if it gave one.</param>
    /// <param name="retryAfter">The header of that name.</param>
    public static KubeFailure Classify(HttpStatusCode code, KubeStatus? status, TimeSpan? retryAfter)
    {
        var why = status?.Message is { Length: > 0 } said
            ? said.Length > LongestMessage ? said[..LongestMessage] + "…" : said
            : $"the API server answered {(int)code} without an explanation";
        return (int)code switch
        {
            401 => new KubeFailure.Unauthenticated(why),
            403 => new KubeFailure.Forbidden(why),
            429 => new KubeFailure.Throttled(why, retryAfter ?? (status?.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null)),
            410 => new KubeFailure.Gone(why),
            >= 500 => new KubeFailure.Unreachable(status is null ? why : $"the API server answered {(int)code}: {why}"),
            // What follows speaks about objects, so it counts only from a server that speaks of objects.
            _ when status is null => new KubeFailure.Unreachable($"something answered {(int)code}, but not as a Kubernetes API server does"),
            404 => new KubeFailure.NotFound(why),
            409 => new KubeFailure.Conflict(why),
            422 when status.Blames("metadata.uid") => new KubeFailure.Conflict(why),
            400 or 405 or 406 or 413 or 415 or 422 => new KubeFailure.Invalid(why),
            _ => new KubeFailure.Unreachable(why),
        };
    }

    private bool Blames(string field) => Details?.Causes?.Any(cause => cause.Field == field) ?? false;
}

internal sealed record KubeStatusDetails(int RetryAfterSeconds = 0, IReadOnlyList<KubeStatusCause>? Causes = null);

internal sealed record KubeStatusCause(string? Field = null);
