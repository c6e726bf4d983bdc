using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cockpit.Hosting;

/// <summary>
/// The commands: <c>serve</c> (also without its name), <c>validate</c>, <c>export</c>, <c>audit verify</c>, <c>token</c>, <c>on-call who</c>. Exit codes: 0 good, 1 the
/// input is bad, 2 the words are off.
/// </summary>
internal static class CommandLine
{
    private const int Good = 0;
    private const int BadInput = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] or ["serve", ..] || args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version"))
            return await ServeAsync(args is ["serve", .. var rest] ? rest : args);

        var parsed = Root().Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("See ./run --help.");
        return Usage;
    }

    private static RootCommand Root() => new("Cockpit: see what is wrong, run the known fix guarded, prove that it helped.")
    {
        new Command("serve", "Serve the cockpit (the default). Takes --urls, --data and any configuration key as --Section:Key value."),
        CatalogCommandLine.Validate(),
        CatalogCommandLine.Export(),
        AuditCommands.Create(),
        TokenCommands.Create(),
        OnCallCommands.Create(),
    };

    private static async Task<int> ServeAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            await Root().Parse(["--help"]).InvokeAsync();
            return Good;
        }

        try
        {
            await using var app = CockpitServer.Build(WithShortNames(args));
            await app.StartAsync();
            Greet(app);
            await app.WaitForShutdownAsync();
            return Good;
        }
        catch (ConfigurationException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return BadInput;
        }
        catch (Exception refused) when (refused is IOException or InvalidDataException or FormatException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"The cockpit cannot start: {refused.Message}");
            return BadInput;
        }
    }

    /// <summary><c>--data DIR</c> is the storage directory of the embedded mode; without an address the cockpit listens on loopback.</summary>
    private static string[] WithShortNames(string[] args)
    {
        var expanded = args.Select(arg => arg == "--data" ? "--Storage:DataDirectory" : arg.StartsWith("--data=", StringComparison.Ordinal) ? $"--Storage:DataDirectory={arg[7..]}" : arg);
        var named = args.Any(arg => arg == "--urls" || arg.StartsWith("--urls=", StringComparison.Ordinal)) || Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is not null;
        return [.. expanded, .. named ? Array.Empty<string>() : ["--urls", "http://127.0.0.1:5080"]];
    }

    private static void Greet(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<CockpitSettings>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses) Console.Out.WriteLine($"Cockpit is on {address}");
        Console.Out.WriteLine(settings.Mode == CockpitMode.Embedded
            ? "Simulated estate. Look without signing in; to run actions choose an identity at /sign-in, no password needed."
            : "Live mode. Sign in at /sign-in.");
    }
}
