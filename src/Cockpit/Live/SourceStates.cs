using Cockpit.Domain.Health;

namespace Cockpit.Live;

/// <summary>The newest state of every source. Written by pollers, read by the assessor; neither waits for the other.</summary>
public sealed class SourceStates
{
    private readonly Lock _lock = new();
    private PlatformReadings _readings = new(
        SourceState<MetricsReading>.NotConfigured("Prometheus"),
        SourceState<ClusterReading>.NotConfigured("Kubernetes"),
        SourceState<RedisReading>.NotConfigured("Redis"),
        SourceState<ReplicationReading>.NotConfigured("PostgreSQL"));

    private TaskCompletionSource _changed = NewSignal();

    public PlatformReadings Current
    {
        get { lock (_lock) return _readings; }
    }

    public void Set(SourceState<MetricsReading> state) => Change(readings => readings with { Metrics = state });

    public void Set(SourceState<ClusterReading> state) => Change(readings => readings with { Cluster = state });

    public void Set(SourceState<RedisReading> state) => Change(readings => readings with { Redis = state });

    public void Set(SourceState<ReplicationReading> state) => Change(readings => readings with { Replication = state });

    /// <summary>Completes when something changes after this call.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _changed.Task.WaitAsync(cancellationToken);
    }

    private void Change(Func<PlatformReadings, PlatformReadings> change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _readings = change(_readings);
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
