using System.Diagnostics;
using System.Globalization;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Hosting;
using Cockpit.Live;
using Cockpit.UseCases.Executing;
using Microsoft.Extensions.DependencyInjection;

// Preview and dispatch of card 1 against the lab's API server, beside kubectl doing the same by hand: a server-side dry run, then the
// change. Both scale the real Deployment from 4 to 8, in turn. Each of the cockpit's rounds has a ledger of its own, because the
// cooldown would refuse the second; its start is not counted, and neither is kubectl's way back to 4.
const string Namespace = "bondx";
const string Deployment = "websocket-manager";
const int Rounds = 10;

var lab = Environment.GetEnvironmentVariable("COCKPIT_LAB_DIR");
if (lab is null || !File.Exists(Path.Combine(lab, "cockpit.json")))
{
    Console.WriteLine("| what | measured | budget | ratio |\n|---|---|---|---|");
    Console.WriteLine("| preview + dispatch beside kubectl | not measured: no lab is up (tests/lab/up, then . $COCKPIT_LAB_DIR/env) | p95 no slower | |");
    return;
}

var kubeconfig = Environment.GetEnvironmentVariable("COCKPIT_LAB_KUBECONFIG")!;
var (previews, dispatches, byHand) = (new List<double>(), new List<double>(), new List<double>());
for (var round = 0; round <= Rounds; round++)
{
    var counted = round > 0;
    await ResetAsync();
    var (preview, dispatch) = await CockpitRoundAsync(lab);
    await ResetAsync();
    var hand = await KubectlRoundAsync();
    if (!counted) continue;
    previews.Add(preview);
    dispatches.Add(dispatch);
    byHand.Add(hand);
}

await ResetAsync();
var both = previews.Zip(dispatches, (preview, dispatch) => preview + dispatch).ToList();
Console.WriteLine("| what | measured | budget | ratio |");
Console.WriteLine("|---|---|---|---|");
Console.WriteLine($"| preview: read, guards, server dry run | {Figures(previews)} | | |");
Console.WriteLine($"| confirm → dispatched and recorded | {Figures(dispatches)} | | |");
Console.WriteLine($"| kubectl dry run + scale by hand | {Figures(byHand)} | | |");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"| preview + dispatch beside kubectl, {Rounds} rounds in turn | {Figures(both)} | p95 no slower | {Quantile(both, 0.95) / Quantile(byHand, 0.95):0.00} |"));

async Task<(double Preview, double Dispatch)> CockpitRoundAsync(string directory)
{
    var data = Directory.CreateTempSubdirectory("cockpit-bench-").FullName;
    await using var app = CockpitServer.Build(
    [
        "--applicationName", "Cockpit", "--Config", Path.Combine(directory, "cockpit.json"), "--urls", "http://127.0.0.1:0", "--Storage:Kind", "sqlite",
        "--Storage:DataDirectory", data, "--Logging:LogLevel:Default", "Error",
    ]);
    await app.StartAsync();
    try
    {
        var feed = app.Services.GetRequiredService<SnapshotFeed>();
        await UntilAsync(() => feed.Current.Health is { } health && health.Readings.Cluster.At(health.At) == Freshness.Fresh
            && health.Card("degraded-websockets") is { } card && card.Matching > 0);
        var actor = new Actor("bench", "Bench", [Role.Viewer, Role.Responder], IsPerson: true);
        var previewing = app.Services.GetRequiredService<PreviewActionHandler>();
        var confirming = app.Services.GetRequiredService<ConfirmActionHandler>();

        var startedAt = Stopwatch.GetTimestamp();
        var previewed = (PreviewOutcome.Previewed)await previewing.HandleAsync("degraded-websockets", "scale-out", [], actor, CancellationToken.None);
        var preview = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        startedAt = Stopwatch.GetTimestamp();
        var outcome = await confirming.HandleAsync(
            previewed.Preview.Id, new Confirmation(true, previewed.Preview.Target, "bench"), actor, CancellationToken.None);
        var dispatch = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        if (outcome is not ConfirmOutcome.Started { Execution.State: ExecutionState.Accepted })
            throw new InvalidOperationException($"The cockpit did not scale: {outcome}; guards: {string.Join(' ', previewed.Preview.Refusals.Select(refusal => refusal.Reason))}");
        return (preview, dispatch);
    }
    finally
    {
        await app.StopAsync();
        Directory.Delete(data, recursive: true);
    }
}

async Task<double> KubectlRoundAsync()
{
    var startedAt = Stopwatch.GetTimestamp();
    await KubectlAsync("--replicas=8", "--dry-run=server");
    await KubectlAsync("--replicas=8");
    return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
}

async Task ResetAsync()
{
    await KubectlAsync("--replicas=4");
    await UntilAsync(async () => (await KubectlReadAsync()) == "4 4");
}

Task KubectlAsync(params string[] arguments) => RunAsync(["scale", "deployment", Deployment, "-n", Namespace, .. arguments]);

Task<string> KubectlReadAsync() =>
    RunAsync(["get", "deployment", Deployment, "-n", Namespace, "-o", "jsonpath={.spec.replicas} {.status.readyReplicas}"]);

async Task<string> RunAsync(string[] arguments)
{
    using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, .. arguments]) { RedirectStandardOutput = true })!;
    var output = await kubectl.StandardOutput.ReadToEndAsync();
    await kubectl.WaitForExitAsync();
    return kubectl.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)} ended with {kubectl.ExitCode}.");
}

static async Task UntilAsync<T>(Func<T> asked)
{
    for (var tries = 0; tries < 600; tries++)
    {
        var answer = asked();
        if (answer is true || (answer is Task<bool> later && await later)) return;
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
    }

    throw new TimeoutException("The lab did not come to the state that the bench waits for: is the fault degraded-websockets on?");
}

static double Quantile(List<double> values, double rank) => values.Order().ElementAt((int)Math.Ceiling(rank * values.Count) - 1);

static string Figures(List<double> values) =>
    string.Create(CultureInfo.InvariantCulture, $"p50 {Quantile(values, 0.5):0} ms, p95 {Quantile(values, 0.95):0} ms");
