using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cockpit.Estate.Exporter;

/// <summary>The estate as a program of its own: what a Prometheus of the lab scrapes.</summary>
internal static class ExporterProgram
{
    private const string MetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static async Task<int> Main(string[] args)
    {
        var (arguments, failure) = ExporterArguments.Parse(args);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"{failure}\n\n{ExporterArguments.Usage}");
            return 2;
        }

        foreach (var file in new[] { arguments.KubeTokenFile, arguments.KubeCaFile })
        {
            if (file is null || File.Exists(file)) continue;
            await Console.Error.WriteLineAsync($"{file} does not exist.");
            return 1;
        }

        await using var app = Build(arguments);
        await app.StartAsync();
        if (arguments.PortFile is { } portFile) await WriteWholeAsync(portFile, app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    internal static WebApplication Build(ExporterArguments arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(arguments.Urls);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var clock = new EstateClock(TimeProvider.System, arguments.Speed);
        var simulation = new EstateSimulation(arguments.Seed, clock.Now);
        foreach (var fault in arguments.Faults) simulation.With(estate => estate.Inject(fault));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(clock).AddSingleton(simulation).AddHostedService<EstateHeart>();
        builder.Services.AddSingleton(arguments);
        if (arguments.KubeUrl is not null) builder.Services.AddSingleton<KubernetesReader>().AddHostedService<KubernetesFollower>();
        if (arguments.RedisSentinels.Count > 0) builder.Services.AddHostedService<RedisFollower>();
        if (arguments.PostgresMetrics is not null) builder.Services.AddHostedService<PostgresFollower>();

        var app = builder.Build();
        app.MapGet("/healthz", () => Results.Text("ok\n"));
        app.MapGet("/metrics", () => Results.Text(simulation.With(MetricsExposition.Write), MetricsContentType));
        app.MapGet("/faults", () => Results.Text(ListFaults(simulation)));
        app.MapPost("/faults/{name}", (string name, int? seconds) =>
            Change(name, simulation, (estate, fault) => estate.Inject(fault, TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 0, 86_400)))));
        app.MapDelete("/faults", () =>
        {
            simulation.With(estate => estate.Mend());
            return Results.Text(ListFaults(simulation));
        });
        app.MapDelete("/faults/{name}", (string name) => Change(name, simulation, (estate, fault) => estate.Clear(fault)));
        return app;
    }

    private static IResult Change(string name, EstateSimulation simulation, Action<SimulatedEstate, EstateFault> change)
    {
        if (EstateFaults.Find(name) is not { } fault) return Results.Text($"There is no fault of that name.\n{ListFaults(simulation)}", statusCode: 404);
        simulation.With(estate => change(estate, fault));
        return Results.Text(ListFaults(simulation));
    }

    /// <summary>One line a fault: its name and <c>on</c> or <c>off</c>.</summary>
    private static string ListFaults(EstateSimulation simulation) =>
        string.Concat(simulation.With(estate => estate.Faults).Select(fault => $"{fault.Name} {(fault.InjectedAt is null ? "off" : "on")}\n"));

    // A reader that waits for the file must never see half of it.
    private static async Task WriteWholeAsync(string path, string text)
    {
        var part = path + ".part";
        await File.WriteAllTextAsync(part, text + "\n");
        File.Move(part, path, overwrite: true);
    }
}
