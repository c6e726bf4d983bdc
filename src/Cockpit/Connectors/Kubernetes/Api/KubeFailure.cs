namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>Why the API server did not do as asked. The message is a plain sentence fragment without secrets.</summary>
internal abstract record KubeFailure
{
    private KubeFailure(string message) => Message = message;

    public string Message { get; }

    /// <summary>There is no such object.</summary>
    public sealed record NotFound(string Message) : KubeFailure(Message);

    /// <summary>401, or no credential could be had.</summary>
    public sealed record Unauthenticated(string Message) : KubeFailure(Message);

    /// <summary>403.</summary>
    public sealed record Forbidden(string Message) : KubeFailure(Message);

    /// <summary>409, or an object of another uid under the name.</summary>
    public sealed record Conflict(string Message) : KubeFailure(Message);

    /// <summary>422 and its older relatives: the request as such was refused.</summary>
    public sealed record Invalid(string Message) : KubeFailure(Message);

    /// <summary>429.</summary>
    public sealed record Throttled(string Message, TimeSpan? RetryAfter) : KubeFailure(Message);

    /// <summary>410: the version asked for is forgotten; list again.</summary>
    public sealed record Gone(string Message) : KubeFailure(Message);

    /// <summary>No usable answer. Whether a change happened is not known.</summary>
    public sealed record Unreachable(string Message) : KubeFailure(Message);
}
