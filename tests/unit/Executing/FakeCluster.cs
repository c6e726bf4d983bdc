using Cockpit.Domain.Health;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing;

/// <summary>A cluster with one Deployment that does as it is told, or what a test puts in its place.</summary>
internal sealed class FakeCluster : IDeployments
{
    private readonly Lock _lock = new();
    private int _version = 100;

    public WorkloadReading Workload { get; set; } = Platform.Managers(4);

    public List<int> Sent { get; } = [];

    public int DryRuns { get; private set; }

    public Func<CancellationToken, Task<ClusterAnswer>>? Reading { get; set; }

    public Func<CancellationToken, Task<ClusterAnswer>>? Trying { get; set; }

    public Func<CancellationToken, Task<ClusterAnswer>>? Scaling { get; set; }

    /// <summary>An answer that never comes and does not heed its token.</summary>
    public static Task<ClusterAnswer> Never => new TaskCompletionSource<ClusterAnswer>().Task;

    public Task<ClusterAnswer> ReadAsync(DeploymentRef target, CancellationToken cancellationToken) =>
        Reading?.Invoke(cancellationToken) ?? Task.FromResult<ClusterAnswer>(new ClusterAnswer.Accepted(Workload, Version));

    public Task<ClusterAnswer> DryRunScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken)
    {
        DryRuns++;
        return Trying?.Invoke(cancellationToken) ?? Task.FromResult<ClusterAnswer>(new ClusterAnswer.Accepted(Workload with { Replicas = replicas }, Version));
    }

    public Task<ClusterAnswer> ScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) =>
        Scaling?.Invoke(cancellationToken) ?? Task.FromResult(Apply(replicas, resourceVersion));

    public ClusterAnswer Apply(int replicas, string? resourceVersion = null)
    {
        lock (_lock)
        {
            if (resourceVersion is not null && resourceVersion != Version) return new ClusterAnswer.Conflict("the object has been modified");
            Sent.Add(replicas);
            _version++;
            Workload = Workload with { Replicas = replicas, Generation = Workload.Generation + 1, ObservedGeneration = Workload.Generation + 1 };
            return new ClusterAnswer.Accepted(Workload, Version);
        }
    }

    private string Version => $"{_version}";
}
