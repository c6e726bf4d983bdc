using System.Globalization;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Alerts;
using Cockpit.E2E.Lab.Pages;
using Cockpit.E2E.Support;
using Cockpit.UseCases.Objectives;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Cockpit.E2E.Lab;

/// <summary>
/// The live cockpit counts by itself what a real Prometheus makes of the exported rules over the same series. What difference remains on
/// steady series comes from <c>increase</c> and <c>rate</c>, which extrapolate to the edges of a window, and from the edges themselves: the
/// cockpit's lie on minutes.
/// </summary>
[Trait("needs", "comparison")]
[Collection(nameof(RealServers))]
public sealed class SloAgainstPrometheusTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const double Tolerance = 0.01;
    private const string Fault = "redis-failover";

    /// <summary>A minute and more, so that each way the cockpit's minutes may lie to the rule's window is met.</summary>
    private const int RoundsAtLeast = 6;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Warming = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Events, latencies and time slices: at least these must be told by both.</summary>
    private static readonly string[] Named =
    [
        "platform-availability", "response-authentication", "utilisation-cpu",
    ];

    private readonly Uri _exporter = new(LabSetting.Get("COCKPIT_LAB_EXPORTER"));

    private RulesPrometheus _prometheus = null!;
    private OwnSchema _storage = null!;
    private CockpitApp _cockpit = null!;

    private ObjectivesBoard Board => _cockpit.Services.GetRequiredService<ObjectivesBoard>();

    public async Task InitializeAsync()
    {
        _prometheus = await RulesPrometheus.StartAsync(_exporter);
        _storage = await OwnSchema.CreateAsync();
        _cockpit = await CockpitApp.StartAsync(
        [
            "--Config", Path.Combine(Pages.Lab.Folder, "cockpit.json"), "--Storage:ConnectionString", _storage.ConnectionString,
            "--Prometheus:Url", _prometheus.Address.ToString(),
        ]);
    }

    public async Task DisposeAsync()
    {
        if (_cockpit is not null) await _cockpit.DisposeAsync();
        if (_storage is not null) await _storage.DisposeAsync();
        if (_prometheus is not null) await _prometheus.DisposeAsync();
    }

    [Fact]
    public async Task Engine_and_exported_rules_tell_the_same_ratios_and_the_same_alerts()
    {
        await UntilAsync(Warming, "both have seen more than their five minutes", async () =>
            (await _prometheus.AskAsync("slo:target:ratio{slo=\"platform-availability\"} offset 330s")).Count > 0
            && (Board.Current.At - Board.Current.Find("platform-availability")?.Assessment.FirstSampleAt) > TimeSpan.FromSeconds(330));

        var seen = new Dictionary<string, Compared>();
        var rounds = new HashSet<DateTimeOffset>();
        await UntilAsync(Patience, "the ratios agree", async () =>
        {
            if (rounds.Add(Board.Current.At)) await CompareAsync(seen);
            return rounds.Count > RoundsAtLeast && seen.Values.All(ratio => ratio.Agrees) && Named.All(seen.ContainsKey);
        }, () => $"{seen.Count} ratios, but {string.Join("; ", seen.Values.Where(ratio => !ratio.Agrees))}");
        output.WriteLine($"{seen.Count} ratios agree in {rounds.Count} rounds, {seen.Values.Count(ratio => ratio.Prometheus > 0)} of them above zero:");
        foreach (var ratio in seen.Values.OrderByDescending(ratio => ratio.Prometheus)) output.WriteLine(ratio.ToString());
        Assert.Equal(await FiringInPrometheusAsync(), FiringInCockpit());
        output.WriteLine($"burning before the fault: {string.Join(", ", FiringInCockpit())}");

        await UseFaultAsync(HttpMethod.Post);
        try
        {
            var before = FiringInCockpit();
            string[] cockpit = [], prometheus = [];
            await UntilAsync(Patience, "both call the same objectives burning", async () =>
            {
                (prometheus, cockpit) = (await FiringInPrometheusAsync(), FiringInCockpit());
                return cockpit.Length > before.Length && cockpit.SequenceEqual(prometheus);
            }, () => $"cockpit: {string.Join(", ", cockpit)}; Prometheus: {string.Join(", ", prometheus)}");
            output.WriteLine($"burning in the fault: {string.Join(", ", cockpit)}");
        }
        finally
        {
            await UseFaultAsync(HttpMethod.Delete);
        }
    }

    /// <summary>Adds one look: what each engine holds now, and what the rule recorded for that very instant.</summary>
    private async Task CompareAsync(Dictionary<string, Compared> seen)
    {
        var known = Board.Current.Objectives.Where(objective => objective.IsKnown).Select(objective => objective.Key).ToHashSet();
        var looks = Board.Meters.Values.Where(meter => known.Contains(meter.Facts.Key)).Select(meter => meter.With(
            (series, _) => (meter.Facts, series.AsOf, Bad: series.Over(ObjectiveMeter.AvailabilityNow).BadShare)));
        foreach (var instant in looks.ToList().GroupBy(look => look.AsOf))
        {
            var at = (instant.Key.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
            var recorded = (await _prometheus.AskAsync($"slo:bad:ratio_rate5m @ {at}")).ToDictionary(sample => KeyOf(sample.Labels), sample => sample.Value!.Value);
            foreach (var (facts, _, bad) in instant)
            {
                if (bad is not { } engine || !recorded.TryGetValue(facts.Key, out var prometheus)) continue;
                seen[facts.Key] = (seen.GetValueOrDefault(facts.Key) ?? new Compared(facts.Key, 1 - facts.Objective.Target.Value)).And(engine.Value, prometheus);
            }
        }
    }

    private async Task<string[]> FiringInPrometheusAsync() =>
        [.. (await _prometheus.AskAsync("ALERTS{alertname=\"SloBudgetBurn\",alertstate=\"firing\"}"))
            .Select(sample => $"{KeyOf(sample.Labels)} over {sample.Labels["long_window"]}").Order(StringComparer.Ordinal)];

    private string[] FiringInCockpit() =>
        [.. (from objective in Board.Current.Objectives
             from burn in objective.Assessment.Burns
             where burn.Progress.Phase == AlertPhase.Firing
             select $"{objective.Key} over {Durations.Format(burn.Tier.LongWindow)}").Order(StringComparer.Ordinal)];

    private async Task UseFaultAsync(HttpMethod method)
    {
        using var http = new HttpClient();
        using var answer = await http.SendAsync(new HttpRequestMessage(method, new Uri(_exporter, $"faults/{Fault}")));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task UntilAsync(TimeSpan atMost, string what, Func<Task<bool>> holds, Func<string>? instead = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < atMost, $"not within {atMost.TotalMinutes} min: {what}. {instead?.Invoke()}");
            await Task.Delay(Between, TimeProvider.System);
        }
    }

    private static string KeyOf(IReadOnlyDictionary<string, string> labels) => labels["objective"] == "1" ? labels["slo"] : $"{labels["slo"]}~{labels["objective"]}";

    /// <summary>
    /// Two answers to one question, each the mean of a few looks: the minute of chance that one window holds and the other has left does
    /// not count for more than it is.
    /// </summary>
    /// <param name="Key">The objective.</param>
    /// <param name="Budget">1 − target. A difference below a hundredth of it moves the burn rate by less than 0.01.</param>
    private sealed record Compared(string Key, double Budget)
    {
        private int _looks;
        private double _engine;
        private double _prometheus;

        public double Engine => _engine / _looks;

        public double Prometheus => _prometheus / _looks;

        public bool Agrees => Math.Abs(Engine - Prometheus) <= Tolerance * Math.Max(Math.Abs(Prometheus), Budget);

        public Compared And(double engine, double prometheus) =>
            this with { _looks = _looks + 1, _engine = _engine + engine, _prometheus = _prometheus + prometheus };

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Key}: cockpit {Engine:G6}, Prometheus {Prometheus:G6}, {(Engine - Prometheus) / Math.Max(Prometheus, Budget):P2} apart");
    }
}
