using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>A Deployment by name; the namespace is always explicit.</summary>
public sealed record DeploymentRef(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>What a cluster answered to a read, a dry run or a change.</summary>
public abstract record ClusterAnswer
{
    private ClusterAnswer() { }

    /// <summary>It did as asked; <paramref name="Workload"/> is the state after.</summary>
    public sealed record Accepted(WorkloadReading Workload, string ResourceVersion) : ClusterAnswer;

    /// <summary>There is no such object.</summary>
    public sealed record NotFound(string Message) : ClusterAnswer;

    /// <summary>Credentials are missing, wrong or expired (401).</summary>
    public sealed record Unauthenticated(string Message) : ClusterAnswer;

    /// <summary>The credentials may not do this (403).</summary>
    public sealed record Forbidden(string Message) : ClusterAnswer;

    /// <summary>The object is no longer the one that was read: another uid or resourceVersion (409).</summary>
    public sealed record Conflict(string Message) : ClusterAnswer;

    /// <summary>Admission or validation refused the change (422).</summary>
    public sealed record Invalid(string Message) : ClusterAnswer;

    /// <summary>The server asks to come back later (429).</summary>
    public sealed record Throttled(string Message, TimeSpan? RetryAfter) : ClusterAnswer;

    /// <summary>No usable answer: unreachable, hung up, malformed or 5xx. A change may or may not have happened.</summary>
    public sealed record Unreachable(string Message) : ClusterAnswer;
}

/// <summary>Reads and scales Deployments. Used by previews and dispatches, never by pages.</summary>
public interface IDeployments
{
    /// <summary>Reads one Deployment with its autoscaler, now.</summary>
    Task<ClusterAnswer> ReadAsync(DeploymentRef target, CancellationToken cancellationToken);

    /// <summary>Asks the server to validate and admit a new replica count without persisting it.</summary>
    /// <param name="target">The Deployment.</param>
    /// <param name="replicas">The absolute count asked for.</param>
    /// <param name="resourceVersion">The version last read; another one is answered with <see cref="ClusterAnswer.Conflict"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ClusterAnswer> DryRunScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken);

    /// <summary>Sets the replica count through the scale subresource.</summary>
    /// <inheritdoc cref="DryRunScaleAsync"/>
    Task<ClusterAnswer> ScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken);
}
