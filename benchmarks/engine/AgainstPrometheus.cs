using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Cockpit.Catalog;
using Cockpit.Connectors.Prometheus;
using Cockpit.UseCases.Maintaining;
using Cockpit.UseCases.Objectives;

namespace Cockpit.EngineBench;

/// <summary>
/// Processor time an objective of the shipped catalog costs a minute: in the cockpit, and in a real Prometheus that evaluates the exported
/// rules as often as the cockpit looks.
/// </summary>
/// <remarks>
/// Two Prometheus scrape the same simulated estate and one of them has the rules: what it uses more is what they cost. Both hold a few
/// minutes of samples, so the rules over hours and days read less than they will after 30 days: the comparison flatters Prometheus.
/// </remarks>
internal static class AgainstPrometheus
{
    private const int SimulatedMinutes = 240;
    private const int WarmUpRounds = 200;
    private const int WarmUpLooks = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Measured = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<BenchRow>> MeasureAsync()
    {
        const string what = "CPU per objective per minute";
        if (!await IsThereAsync()) return [new BenchRow(what, "not measured: prometheus is missing", "", "")];

        var directory = Path.Combine(AppContext.BaseDirectory, "catalog");
        var plan = ObjectivePlanFactory.Create(CatalogLoader.Load(directory).Catalog);
        var folder = Directory.CreateTempSubdirectory("cockpit-bench-");
        try
        {
            await using var estate = await Neighbour.StartAsync("dotnet", "metrics", address =>
                [Path.Combine(AppContext.BaseDirectory, "Cockpit.Estate.dll"), "exporter", "--urls", address.ToString()]);
            var rules = Path.Combine(folder.FullName, "rules.yml");
            await using (var file = File.CreateText(rules)) CatalogCommands.Export("prometheus-rules", directory, file, Console.Error);
            await using var idle = await PrometheusAsync(folder, "idle", estate.Address, null);
            await using var ruled = await PrometheusAsync(folder, "ruled", estate.Address, rules);
            await Task.Delay(Interval * 2, TimeProvider.System);

            var (evaluating, scraping) = await OverAMinuteAsync(ruled, idle);
            var (cockpit, asked, first) = await AskingAsync(plan, idle);
            var engine = Engine(plan, first);
            var objectives = plan.Objectives.Length;
            var prometheus = evaluating - scraping;
            return
            [
                Row($"{what}: the engine, {objectives} objectives every 15 s", engine, objectives, prometheus),
                Row($"{what}: the engine and asking Prometheus, in the cockpit", cockpit, objectives, prometheus),
                Row($"{what}: the same, with what the asking costs Prometheus", cockpit + asked - scraping, objectives, prometheus),
                Row($"{what}: Prometheus evaluating the exported rules every 15 s", prometheus, objectives, null),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BenchRow Row(string what, TimeSpan perMinute, int objectives, TimeSpan? beside) => new(
        what,
        string.Create(CultureInfo.InvariantCulture, $"{perMinute.TotalMicroseconds / objectives:0.0} µs"),
        "",
        beside is { } other ? string.Create(CultureInfo.InvariantCulture, $"{perMinute / other:0.000} × Prometheus") : "");

    /// <summary>What both use in the same minute.</summary>
    private static async Task<(TimeSpan Ruled, TimeSpan Idle)> OverAMinuteAsync(Neighbour ruled, Neighbour idle)
    {
        var (ruledBefore, idleBefore) = (ruled.Used, idle.Used);
        await Task.Delay(Measured, TimeProvider.System);
        return ((ruled.Used - ruledBefore) / Measured.TotalMinutes, (idle.Used - idleBefore) / Measured.TotalMinutes);
    }

    /// <summary>Rounds as the live cockpit makes them, once it is warm: what they cost here and there.</summary>
    private static async Task<(TimeSpan Here, TimeSpan There, SliRound First)> AskingAsync(ObjectivePlan plan, Neighbour prometheus)
    {
        var source = new PrometheusSli(PrometheusRegistration.Open(new PrometheusOptions { Url = prometheus.Address }, TimeProvider.System), TimeProvider.System);
        var board = new ObjectivesBoard(plan, source, new MaintenanceBook(), TimeProvider.System);
        var first = await source.ReadAsync(board.Queries, default);
        for (var round = 0; round < WarmUpLooks; round++) board.Take(await source.ReadAsync(board.Queries, default));
        // What has become warm is compiled anew in the background once nothing else starts: that is no part of a round.
        await Task.Delay(Interval, TimeProvider.System);

        var (here, there) = (Own(), prometheus.Used);
        for (var passed = TimeSpan.Zero; passed < Measured; passed += Interval)
        {
            board.Take(await source.ReadAsync(board.Queries, default));
            await Task.Delay(Interval, TimeProvider.System);
        }

        return ((Own() - here) / Measured.TotalMinutes, (prometheus.Used - there) / Measured.TotalMinutes, first);
    }

    /// <summary>The engine alone over simulated hours.</summary>
    private static TimeSpan Engine(ObjectivePlan plan, SliRound first)
    {
        var source = new Replay(first, plan, Interval);
        Run(new ObjectivesBoard(plan, source, new MaintenanceBook(), TimeProvider.System), source.Rounds(WarmUpRounds));
        var rounds = source.Rounds((int)(TimeSpan.FromMinutes(SimulatedMinutes) / Interval));
        var board = new ObjectivesBoard(plan, source, new MaintenanceBook(), TimeProvider.System);
        var before = Own();
        Run(board, rounds);
        return (Own() - before) / SimulatedMinutes;
    }

    private static void Run(ObjectivesBoard board, SliRound[] rounds)
    {
        foreach (var round in rounds) board.Take(round);
    }

    private static TimeSpan Own()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static async Task<Neighbour> PrometheusAsync(DirectoryInfo folder, string name, Uri estate, string? rules)
    {
        var configuration = Path.Combine(folder.FullName, $"{name}.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: {scrape_interval: 15s, scrape_timeout: 5s, evaluation_interval: 15s}
            rule_files: [{{(rules is null ? "" : $"\"{rules}\"")}}]
            scrape_configs:
            - {job_name: quantx-api, honor_labels: true, static_configs: [{targets: ["{{estate.Authority}}"]}]}
            """);
        return await Neighbour.StartAsync("prometheus", "-/ready", address =>
        [
            $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder.FullName, name)}",
            $"--web.listen-address={address.Authority}", "--log.level=error",
        ]);
    }

    private static async Task<bool> IsThereAsync()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("prometheus", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
