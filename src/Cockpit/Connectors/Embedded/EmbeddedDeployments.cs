using Cockpit.Domain.Health;
using Cockpit.Estate.Cluster;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Embedded;

internal sealed class EmbeddedDeployments(EmbeddedEstate estate) : IDeployments
{
    public Task<ClusterAnswer> ReadAsync(DeploymentRef target, CancellationToken cancellationToken) =>
        Answer(cluster => cluster.ReadDeployment(target.Namespace, target.Name));

    public Task<ClusterAnswer> DryRunScaleAsync(
        DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) =>
        Answer(cluster => cluster.Scale(target.Namespace, target.Name, replicas, resourceVersion, dryRun: true));

    public Task<ClusterAnswer> ScaleAsync(
        DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) =>
        Answer(cluster => cluster.Scale(target.Namespace, target.Name, replicas, resourceVersion, dryRun: false));

    private Task<ClusterAnswer> Answer(Func<EstateCluster, ClusterOutcome<WorkloadReading>> ask) =>
        Task.FromResult(Translate(estate.Use(simulated => ask(simulated.Cluster))));

    private static ClusterAnswer Translate(ClusterOutcome<WorkloadReading> outcome) => outcome switch
    {
        ClusterOutcome<WorkloadReading>.Done done => new ClusterAnswer.Accepted(done.Value, done.ResourceVersion),
        ClusterOutcome<WorkloadReading>.NotFound none => new ClusterAnswer.NotFound(none.Message),
        ClusterOutcome<WorkloadReading>.Conflict conflict => new ClusterAnswer.Conflict(conflict.Message),
        ClusterOutcome<WorkloadReading>.Invalid invalid => new ClusterAnswer.Invalid(invalid.Message),
        _ => throw new InvalidOperationException($"The simulated cluster gave an answer nobody knows: {outcome}."),
    };
}
