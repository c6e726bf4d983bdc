using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Live;

/// <summary>Runs one poller for each configured source until the host stops.</summary>
internal sealed class PollerHost(IServiceProvider services, SourceStates states, PollMetrics metrics, TimeProvider clock, ILogger<PollerHost> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        PollAsync<MetricsReading>(states.Set, stoppingToken),
        PollAsync<ClusterReading>(states.Set, stoppingToken),
        PollAsync<RedisReading>(states.Set, stoppingToken),
        PollAsync<ReplicationReading>(states.Set, stoppingToken));

    private Task PollAsync<T>(Action<SourceState<T>> publish, CancellationToken stopping) =>
        services.GetService<ISource<T>>() is not { } source
            ? Task.CompletedTask
            : new SourcePoller<T>(source, services.GetService<PollPace>() ?? PollPace.EverySecond, publish, metrics, clock, logger).RunAsync(stopping);
}
