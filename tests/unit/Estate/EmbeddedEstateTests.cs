using Cockpit.Connectors.Embedded;
using Cockpit.Domain.Health;
using Cockpit.Estate;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Drilling;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using YamlDotNet.RepresentationModel;

namespace Cockpit.Tests.Estate;

public sealed class EmbeddedEstateTests
{
    private static readonly DeploymentRef Manager = new("bondx", "websocket-manager");

    private readonly FakeClock _wall = new();

    [Fact]
    public async Task Observation_is_of_now_however_fast_the_estate_runs()
    {
        await using var services = Services(("Estate:Speed", "60"));
        var source = services.GetRequiredService<ISource<MetricsReading>>();
        await source.ReadAsync(default);
        _wall.Advance(TimeSpan.FromSeconds(30));

        var observation = await source.ReadAsync(default);

        Assert.Equal((_wall.GetUtcNow(), "Simulated estate"), (observation.ObservedAt, observation.Source));
        Assert.Equal(_wall.GetUtcNow().AddMinutes(29.5), services.GetRequiredService<EstateSimulation>().Now);
    }

    [Fact]
    public async Task Heart_keeps_the_estate_at_its_clock()
    {
        await using var services = Services(("Estate:Speed", "60"));
        var heart = Assert.Single(services.GetServices<IHostedService>().OfType<EstateHeart>());
        var simulation = services.GetRequiredService<EstateSimulation>();
        var start = simulation.Now;
        await heart.StartAsync(default);
        while (_wall.PendingTimers == 0) await Task.Yield();

        _wall.Advance(TimeSpan.FromSeconds(1));
        while (simulation.Now < start.AddSeconds(15)) await Task.Yield();

        await heart.StopAsync(default);
        Assert.True(simulation.Now <= start.AddMinutes(1));
    }

    [Fact]
    public async Task Embedded_answer_has_exactly_the_signals_of_the_catalog()
    {
        await using var services = Services();
        var reading = (await services.GetRequiredService<ISource<MetricsReading>>().ReadAsync(default)).Value;

        var catalog = CatalogSignals();

        var answered = reading.Signals.Keys.Select(key => (Id: key.Split('{')[0], Split: key.EndsWith('}'))).Distinct().OrderBy(signal => signal.Id);
        Assert.Equal(catalog.OrderBy(signal => signal.Id), answered);
    }

    [Fact]
    public async Task Scaling_through_the_port_obeys_the_resource_version_and_halves_the_load()
    {
        await using var services = Services(("Estate:Speed", "60"), ("Estate:Faults:0", "degraded-websockets"));
        var deployments = services.GetRequiredService<IDeployments>();
        _wall.Advance(TimeSpan.FromSeconds(10));
        var read = Assert.IsType<ClusterAnswer.Accepted>(await deployments.ReadAsync(Manager, default));

        Assert.IsType<ClusterAnswer.Accepted>(await deployments.DryRunScaleAsync(Manager, 8, read.ResourceVersion, default));
        var scaled = Assert.IsType<ClusterAnswer.Accepted>(await deployments.ScaleAsync(Manager, 8, read.ResourceVersion, default));
        Assert.IsType<ClusterAnswer.Conflict>(await deployments.ScaleAsync(Manager, 16, read.ResourceVersion, default));
        Assert.IsType<ClusterAnswer.NotFound>(await deployments.ReadAsync(new DeploymentRef("bondx", "none"), default));
        _wall.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal((8, read.Workload.Uid), (scaled.Workload.Replicas, scaled.Workload.Uid));
        var metrics = (await services.GetRequiredService<ISource<MetricsReading>>().ReadAsync(default)).Value;
        Assert.InRange(metrics["websocket.connections"].Value!.Value / 25_000, 0.44, 0.48);
        Assert.True(metrics["websocket.delivery.p95"].Value < 0.1);
    }

    [Fact]
    public async Task Drills_are_injected_cleared_and_sped_up_by_name()
    {
        await using var services = Services();
        var drills = services.GetRequiredService<IDrills>();

        Assert.True(drills.Inject("replica-lag"));
        Assert.False(drills.Inject("earthquake"));
        drills.SetSpeed(30);

        var on = drills.Read();
        Assert.Equal(30, on.Speed);
        Assert.Equal("replica-lag", Assert.Single(on.Drills, drill => drill.InjectedAt is not null).Id);
        Assert.True(drills.Clear("replica-lag"));
        Assert.DoesNotContain(drills.Read().Drills, drill => drill.InjectedAt is not null);
    }

    [Fact]
    public async Task Wrong_options_are_all_named_at_once()
    {
        await using var services = Services(("Estate:Speed", "500"), ("Estate:Faults:0", "earthquake"));

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<EstateOptions>>().Value);

        Assert.Equal(
            [
                "Estate:Speed is 500; accepted are numbers from 1 to 120.",
                "Estate:Faults:0 is \"earthquake\"; accepted are degraded-websockets, redis-failover, replica-lag, data-provider-outage, risk-alerts-storm.",
            ],
            failure.Failures);
    }

    private ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<TimeProvider>(_wall)
        .AddLogging()
        .AddEmbeddedEstate(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build())
        .BuildServiceProvider();

    private static List<(string Id, bool Split)> CatalogSignals()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Cockpit.sln"))) root = root.Parent!;
        using var reader = File.OpenText(Path.Combine(root.FullName, "catalog", "signals.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        var signals = (YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children[new YamlScalarNode("signals")];
        return [.. signals.Cast<YamlMappingNode>().Select(signal =>
            (((YamlScalarNode)signal.Children[new YamlScalarNode("id")]).Value!, signal.Children.ContainsKey(new YamlScalarNode("by"))))];
    }
}
