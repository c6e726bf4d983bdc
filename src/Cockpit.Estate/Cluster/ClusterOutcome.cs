namespace Cockpit.Estate.Cluster;

/// <summary>What the simulated API server answered.</summary>
public abstract record ClusterOutcome<T>
{
    private ClusterOutcome() { }

    /// <summary>The object as it is now, or as a dry run says it would be.</summary>
    public sealed record Done(T Value, string ResourceVersion) : ClusterOutcome<T>;

    /// <summary>There is no such object.</summary>
    public sealed record NotFound(string Message) : ClusterOutcome<T>;

    /// <summary>The object has changed since it was read.</summary>
    public sealed record Conflict(string Message) : ClusterOutcome<T>;

    /// <summary>The value asked for is not one the object can take.</summary>
    public sealed record Invalid(string Message) : ClusterOutcome<T>;
}
