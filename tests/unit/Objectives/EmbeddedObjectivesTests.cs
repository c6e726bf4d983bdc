using System.Diagnostics;
using Cockpit.Catalog;
using Cockpit.Connectors.Embedded;
using Cockpit.Domain.Alerts;
using Cockpit.Estate;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Drilling;
using Cockpit.UseCases.Objectives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace Cockpit.Tests.Objectives;

public sealed class EmbeddedObjectivesTests(ITestOutputHelper output) : IAsyncDisposable
{
    private readonly FakeClock _wall = new();
    private readonly FakeArchive _archive = new();
    private ServiceProvider? _services;

    private ObjectivesBoard Board => _services!.GetRequiredService<ObjectivesBoard>();

    private ObjectivesKeeper Keeper => _services!.GetServices<IHostedService>().OfType<ObjectivesKeeper>().Single();

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
    }

    [Fact]
    public async Task First_start_has_a_calm_and_simulated_month_behind_every_objective_of_the_catalog()
    {
        Start();
        var watch = Stopwatch.StartNew();
        await RoundsAsync(1);
        output.WriteLine($"first round with the imagined past: {watch.ElapsedMilliseconds} ms");
        await RoundsAsync(2);
        watch.Restart();
        await RoundsAsync(20);
        output.WriteLine($"a round: {watch.ElapsedMilliseconds / 20.0} ms");

        var state = Board.Current;
        foreach (var objective in state.Objectives)
            output.WriteLine($"{objective.Key,-45} left {objective.Assessment.Raw.RemainingShare,8:P1} of {objective.Assessment.Raw.Counted} burn {objective.Alert?.Long.Value} {objective.Assessment.UnknownBecause} p95 {objective.ObservedP95}");
        foreach (var alert in state.Alerts) output.WriteLine($"{alert.Phase} {alert.Severity} {alert.Summary}");
        foreach (var rule in state.UnknownRules) output.WriteLine($"{rule}");
        output.WriteLine($"{state.Executive.Users} {state.Executive.Revenue} {state.Month!.Compliance.Share} {state.Month.PlatformAvailability} {state.Month.Trend.Length}");

        Assert.Empty(state.Objectives.Where(objective => !objective.IsKnown).Select(objective => $"{objective.Key}: {objective.Assessment.UnknownBecause}"));
        Assert.Empty(state.Alerts.Select(alert => alert.Summary));
        Assert.Empty(state.UnknownRules);
        Assert.NotNull(state.History.SimulatedUntil);
        Assert.True(state.Month.Compliance.Share is { Value: > 0.9 });
        Assert.All(state.Objectives, objective => Assert.True(objective.Assessment.Raw.Counted.Total > 0, objective.Key));
        Assert.All(state.Objectives, objective => Assert.True(objective.Assessment.Raw.RemainingShare > 0, objective.Key));
        Assert.InRange(state.Objectives.Count(objective => objective.Assessment.Raw.RemainingShare < 0.5), 2, 10);
        Assert.InRange(state.Objectives.Count(objective => objective.Assessment.Raw.RemainingShare > 0.8), 25, 50);
    }

    [Fact]
    public async Task Injected_fault_burns_a_budget_and_fires()
    {
        Start();
        await RoundsAsync(4);

        _services!.GetRequiredService<IDrills>().Inject(EstateFaults.All.Single(fault => fault.Fault == EstateFault.RedisFailover).Name);
        await RoundsAsync(40);

        foreach (var alert in Board.Current.Alerts) output.WriteLine($"{alert.Phase} {alert.Severity} {alert.Summary}");
        Assert.Contains(Board.Current.Alerts, alert => alert.Phase == AlertPhase.Firing);
        Assert.True(Board.Current.Executive.Revenue!.LostThisMonth > 0);
    }

    [Fact]
    public async Task Restart_goes_on_with_the_same_past()
    {
        Start();
        await RoundsAsync(8);
        await _services!.GetRequiredService<PastKeeper>().SaveAllAsync();
        var before = Board.Current.Find("api-gateway-availability")!.Assessment.Raw;
        await _services!.DisposeAsync();
        _wall.Advance(TimeSpan.FromMinutes(1));

        Start();
        await RoundsAsync(1);

        var after = Board.Current.Find("api-gateway-availability")!.Assessment.Raw;
        Assert.InRange(after.Counted.Total / before.Counted.Total, 0.999, 1.001);
        output.WriteLine($"stored bytes: {_archive.Kept.Values.Sum(kept => kept.Series.Length)}");
    }

    private async Task RoundsAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _wall.Advance(TimeSpan.FromSeconds(15));
            await Keeper.RoundAsync(CancellationToken.None);
        }
    }

    private void Start()
    {
        var load = CatalogLoader.Load(Path.Combine(AppContext.BaseDirectory, "catalog"));
        Assert.Empty(load.Errors);
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(_wall).AddSingleton<ISliArchive>(_archive);
        services.AddEmbeddedEstate(new ConfigurationBuilder().Build());
        services.AddObjectives(ObjectivePlanFactory.Create(load.Catalog));
        _services = services.BuildServiceProvider();
    }
}
