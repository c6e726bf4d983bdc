using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Catalog.Export;
using Cockpit.Catalog.Reading;
using Cockpit.Connectors.Prometheus;
using Cockpit.Domain.Alerts;
using Cockpit.E2E.Lab.Pages;
using Cockpit.E2E.Support;
using Cockpit.UseCases.Objectives;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Cockpit.E2E.Lab;

/// <summary>
/// The live cockpit counts by itself what a real Prometheus makes of the exported rules over the same series.
/// </summary>
/// <remarks>
/// The two look at almost the same stretch of time: a rule's window is five minutes long and <c>increase</c> extrapolates from the samples in it to
/// its edges; the cockpit's lies on minutes and counts from reading to reading, so that it is five to six and a quarter minutes long, and slices count
/// when they are over. On a steady series that does not matter and the two agree within 1 %. Where few events or a burst make it matter, Prometheus
/// itself answers differently for such windows, and by how much is the bound that the cockpit is held to.
/// </remarks>
[Trait("needs", "comparison")]
[Collection(nameof(RealServers))]
public sealed class SloAgainstPrometheusTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const double Tolerance = 0.01;
    private const string Fault = "redis-failover";

    /// <summary>A minute and more, so that each way the cockpit's minutes may lie to the rule's window is met.</summary>
    private const int RoundsAtLeast = 6;

    /// <summary>The stretches of time that the cockpit's five minutes may be, by the rule's expression: length, and how long ago they ended.</summary>
    private static readonly (TimeSpan Length, TimeSpan Ago)[] Stretches =
    [
        (TimeSpan.FromSeconds(300), TimeSpan.Zero), (TimeSpan.FromSeconds(315), TimeSpan.Zero), (TimeSpan.FromSeconds(330), TimeSpan.Zero),
        (TimeSpan.FromSeconds(345), TimeSpan.Zero), (TimeSpan.FromSeconds(360), TimeSpan.Zero), (TimeSpan.FromSeconds(375), TimeSpan.Zero),
        (TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(15)), (TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(30)),
        (TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(45)), (TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(60)),
    ];

    /// <summary>So many objectives at least are steady: the rest may not become the rule.</summary>
    private const int SteadyAtLeast = 30;

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
        output.WriteLine($"{rounds.Count} rounds, {seen.Count} ratios: {seen.Values.Count(ratio => ratio.IsSteady)} steady ones within 1 %, the others as near as the stretches of time allow");
        foreach (var ratio in seen.Values.OrderBy(ratio => ratio.IsSteady).ThenByDescending(ratio => ratio.Prometheus)) output.WriteLine(ratio.ToString());
        Assert.InRange(seen.Values.Count(ratio => ratio.IsSteady), SteadyAtLeast, int.MaxValue);
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

    /// <summary>Adds one look: what the engine holds, what the rule recorded for that very instant, and what its expression yields for the stretches.</summary>
    private async Task CompareAsync(Dictionary<string, Compared> seen)
    {
        var known = Board.Current.Objectives.Where(objective => objective.IsKnown).Select(objective => objective.Key).ToHashSet();
        var looks = Board.Meters.Values.Where(meter => known.Contains(meter.Facts.Key)).Select(meter => meter.With(
            (series, _) => (meter.Facts, series.AsOf, Bad: series.Over(ObjectiveMeter.AvailabilityNow).BadShare)));
        foreach (var instant in looks.ToList().GroupBy(look => look.AsOf))
        {
            var at = (instant.Key.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
            var recorded = (await _prometheus.AskAsync($"slo:bad:ratio_rate5m @ {at}")).ToDictionary(sample => KeyOf(sample.Labels), sample => sample.Value!.Value);
            var compared = instant.Where(look => look.Bad is not null && recorded.ContainsKey(look.Facts.Key)).ToList();
            var ranges = await RangesAsync([.. compared.Select(look => look.Facts)], instant.Key);
            foreach (var (facts, _, bad) in compared)
            {
                if (!ranges.TryGetValue(facts.Key, out var range)) continue;
                seen[facts.Key] = (seen.GetValueOrDefault(facts.Key) ?? new Compared(facts.Key, 1 - facts.Objective.Target.Value))
                    .And(bad!.Value.Value, recorded[facts.Key], range.Lowest, range.Highest);
            }
        }
    }

    /// <summary>The lowest and the highest that Prometheus answers for any of the stretches.</summary>
    private async Task<Dictionary<string, (double Lowest, double Highest)>> RangesAsync(ImmutableArray<ObjectiveFacts> objectives, DateTimeOffset at)
    {
        var answers = new Dictionary<string, List<double>>();
        foreach (var (length, ago) in Stretches)
        {
            foreach (var chunk in objectives.Chunk(20))
            {
                ImmutableArray<string> queries = [.. chunk.Select(facts => RuleOf(facts).In(Durations.Format(length)))];
                var answer = await _prometheus.Client.QueryAsync(QueryBatch.Join(queries), at - ago, default);
                var parts = QueryBatch.Part(queries, Assert.IsType<PrometheusAnswer<PrometheusSample>.Answered>(answer).Series);
                foreach (var (facts, part) in chunk.Zip(parts))
                {
                    if (part is not SliAnswer.Figures { Elements: [var only] } || !double.IsFinite(only.Value)) continue;
                    if (!answers.TryGetValue(facts.Key, out var all)) answers[facts.Key] = all = [];
                    all.Add(only.Value);
                }
            }
        }

        return answers.Where(each => each.Value.Count == Stretches.Length).ToDictionary(each => each.Key, each => (each.Value.Min(), each.Value.Max()));
    }

    private static BadRatio RuleOf(ObjectiveFacts facts)
    {
        var number = facts.Key.Split('~') is [_, var tail] ? tail : "1";
        return new BadRatio(facts.Slo, facts.Objective, $"objective=\"{number}\",slo=\"{facts.Slo.Id}\"");
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

    /// <summary>Two answers to one question, each the mean of a few looks.</summary>
    /// <param name="Key">The objective.</param>
    /// <param name="Budget">1 − target. A difference below a hundredth of it moves the burn rate by less than 0.01.</param>
    private sealed record Compared(string Key, double Budget)
    {
        private int _looks;
        private double _engine;
        private double _prometheus;
        private double _lowest;
        private double _highest;

        public double Engine => _engine / _looks;

        public double Prometheus => _prometheus / _looks;

        /// <summary>True when it makes no difference to Prometheus itself which of the stretches it looks at.</summary>
        public bool IsSteady => (_highest - _lowest) / _looks <= Room;

        public bool Agrees => IsSteady
            ? Math.Abs(Engine - Prometheus) <= Room
            : Engine >= (_lowest / _looks) - Room && Engine <= (_highest / _looks) + Room;

        private double Apart => Engine == Prometheus ? 0 : (Engine - Prometheus) / Math.Max(Prometheus, Budget);

        private double Room => Tolerance * Math.Max(Math.Abs(Prometheus), Budget);

        public Compared And(double engine, double prometheus, double lowest, double highest) => this with
        {
            _looks = _looks + 1,
            _engine = _engine + engine,
            _prometheus = _prometheus + prometheus,
            _lowest = _lowest + lowest,
            _highest = _highest + highest,
        };

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsSteady ? "steady" : "unsteady")} {Key}: cockpit {Engine:G6}, Prometheus {Prometheus:G6}, {Apart:P2} apart; by stretch {_lowest / _looks:G6} to {_highest / _looks:G6}");
    }
}
