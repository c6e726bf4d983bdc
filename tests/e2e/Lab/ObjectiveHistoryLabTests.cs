using Cockpit.Connectors.Prometheus;
using Cockpit.E2E.Lab.Pages;
using Cockpit.E2E.Support;
using Cockpit.UseCases.Objectives;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Cockpit.E2E.Lab;

/// <summary>The live cockpit's past: fetched from a real Prometheus by range query at the first start, kept in PostgreSQL over the next.</summary>
[Trait("needs", "lab")]
[Collection(nameof(RealServers))]
public sealed class ObjectiveHistoryLabTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Key = "platform-availability";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private OwnSchema _storage = null!;

    public async Task InitializeAsync() => _storage = await OwnSchema.CreateAsync();

    public async Task DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task First_start_fetches_the_past_from_prometheus_and_the_next_goes_on_from_storage()
    {
        var prometheus = PrometheusRegistration.Open(new PrometheusOptions { Url = new Uri(LabSetting.Get("COCKPIT_LAB_PROMETHEUS")) }, TimeProvider.System);
        await UntilAsync("Prometheus has three minutes of samples", async () =>
            await prometheus.QueryAsync("http_requests_total offset 3m", default) is PrometheusAnswer<PrometheusSample>.Answered { Series.Length: > 0 });

        double counted;
        DateTimeOffset firstAt;
        var startedAt = TimeProvider.System.GetUtcNow();
        await using (var cockpit = await StartAsync())
        {
            var board = cockpit.Services.GetRequiredService<ObjectivesBoard>();
            await UntilAsync("the past is fetched", () => Task.FromResult(board.Current.History is { Backfilling: false, ToFill: > 0 } && IsCounting(board)));
            var first = board.Current.Find(Key)!.Assessment;
            (counted, firstAt) = (first.Raw.Counted.Total, first.FirstSampleAt!.Value);
            output.WriteLine($"{board.Current.History}; counted {counted} since {firstAt:HH:mm:ss}, started {startedAt:HH:mm:ss}");
            Assert.True(firstAt < startedAt, $"{firstAt} is not before {startedAt}");
            Assert.True(counted > 0);
            Assert.Null(board.Current.History.Failure);
        }

        await using (var cockpit = await StartAsync())
        {
            var board = cockpit.Services.GetRequiredService<ObjectivesBoard>();
            await UntilAsync("it counts again", () => Task.FromResult(IsCounting(board)));
            var again = board.Current.Find(Key)!.Assessment;
            output.WriteLine($"{board.Current.History}; counted {again.Raw.Counted.Total} since {again.FirstSampleAt:HH:mm:ss}");
            Assert.Equal(firstAt, again.FirstSampleAt);
            Assert.True(again.Raw.Counted.Total >= counted, $"{again.Raw.Counted.Total} after {counted}");
        }

        static bool IsCounting(ObjectivesBoard board) => board.Current.Find(Key) is { IsKnown: true, Assessment.FirstSampleAt: not null };
    }

    private Task<CockpitApp> StartAsync() => CockpitApp.StartAsync(
        ["--Config", Path.Combine(Pages.Lab.Folder, "cockpit.json"), "--Storage:ConnectionString", _storage.ConnectionString]);

    private static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"not within {Patience.TotalMinutes} min: {what}");
            await Task.Delay(Between, TimeProvider.System);
        }
    }
}
