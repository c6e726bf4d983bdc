using System.CommandLine;
using Cockpit.Catalog;

namespace Cockpit.Hosting;

/// <summary><c>validate</c> and <c>export</c>: the catalog without the server. Exports go to standard output, messages to standard error.</summary>
internal static class CatalogCommandLine
{
    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "catalog");

    public static Command Validate()
    {
        var directory = new Argument<string?>("directory") { Arity = ArgumentArity.ZeroOrOne, Description = "A directory of catalog files; default: the catalog that comes with the cockpit." };
        var validate = new Command("validate", "Check a catalog; errors name file, line, field and what is accepted.") { directory };
        validate.SetAction(parsed => CatalogCommands.Validate(parsed.GetValue(directory) ?? Shipped, Console.Out, Console.Error));
        return validate;
    }

    public static Command Export()
    {
        var format = new Argument<string>("format") { Description = string.Join(", ", CatalogCommands.Formats) };
        var directory = new Option<string?>("--catalog") { Description = "A directory of catalog files; default: the catalog that comes with the cockpit." };
        var webhook = new Option<Uri?>("--webhook") { Description = "Where Alertmanager finds the cockpit; default: this machine." };
        var token = new Option<string?>("--token-file") { Description = "Where Alertmanager, on its own machine, finds the token that the cockpit asks for." };
        var account = new Option<string?>("--service-account") { Description = "The account that the cockpit runs as, as namespace/name; default: cockpit/cockpit." };
        var export = new Command("export", "Write the catalog for the tools you already run.") { format, directory, webhook, token, account };
        export.SetAction(parsed => CatalogCommands.Export(
            parsed.GetValue(format)!, parsed.GetValue(directory) ?? Shipped, Console.Out, Console.Error, parsed.GetValue(webhook), parsed.GetValue(token), parsed.GetValue(account)));
        return export;
    }
}
