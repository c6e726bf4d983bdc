using System.CommandLine;
using Cockpit.Storage;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Options;

namespace Cockpit.Hosting;

/// <summary><c>audit verify</c>: checks the ledger without starting the server, also one that was copied from elsewhere.</summary>
internal static class AuditCommands
{
    private const int Good = 0;
    private const int BadInput = 1;

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "The directory of the embedded mode's storage; default: data." };
        var anchors = new Option<string?>("--anchors") { Description = "A file of anchors kept elsewhere; default: the one beside the storage." };
        var config = new Option<string?>("--config") { Description = "A configuration file that names the storage." };
        var verify = new Command("verify", "Verify that nothing in the audit ledger was edited, removed or reordered.") { data, anchors, config };
        verify.SetAction((parsed, token) => VerifyAsync(parsed.GetValue(data), parsed.GetValue(anchors), parsed.GetValue(config), token));
        return new Command("audit", "The ledger of everything that was done.") { verify };
    }

    private static async Task<int> VerifyAsync(string? data, string? anchorFile, string? configFile, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = new ConfigurationBuilder();
            if (configFile is not null) configuration.AddJsonFile(Path.GetFullPath(configFile), optional: false);
            configuration.AddEnvironmentVariables("COCKPIT_").AddInMemoryCollection(Overrides(data, anchorFile));
            await using var services = new ServiceCollection().AddLogging().AddCockpitStorage(configuration.Build()).BuildServiceProvider();
            services.GetRequiredService<IStartupValidator>().Validate();
            if (anchorFile is not null && !File.Exists(anchorFile)) throw new IOException($"There is no anchor file {anchorFile}.");

            var anchors = await services.GetRequiredService<IAnchorArchive>().ReadAsync(cancellationToken);
            var verdict = await AuditVerification.VerifyAsync(services.GetRequiredService<IEventStore>(), anchors, cancellationToken);
            await Console.Out.WriteLineAsync(verdict.Sentence);
            return verdict is AuditVerdict.Intact ? Good : BadInput;
        }
        catch (Exception unreadable) when (unreadable is StorageUnavailableException or OptionsValidationException or IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(unreadable.Message);
            return BadInput;
        }
    }

    private static Dictionary<string, string?> Overrides(string? data, string? anchorFile)
    {
        var overrides = new Dictionary<string, string?> { ["Storage:CreateIfMissing"] = "false" };
        if (data is not null) overrides["Storage:DataDirectory"] = data;
        if (anchorFile is not null) overrides["Storage:AnchorFile"] = anchorFile;
        return overrides;
    }
}
