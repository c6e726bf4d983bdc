using System.CommandLine;
using System.Globalization;
using Cockpit.Domain.Executions;
using Cockpit.Storage;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.Options;

namespace Cockpit.Hosting;

/// <summary><c>token create | list | revoke</c>: keys for programs. Whoever may run this on the server's storage is its administrator.</summary>
internal static class TokenCommands
{
    private const int Good = 0;
    private const int BadInput = 1;

    private static readonly Actor Administrator = new("command-line", "Command line", [Role.Admin], IsPerson: false);

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "The directory of the embedded mode's storage; default: data.", Recursive = true };
        var config = new Option<string?>("--config") { Description = "A configuration file that names the storage.", Recursive = true };
        var name = new Argument<string>("name") { Description = "What people call it." };
        var roles = new Option<string>("--roles") { Description = "Roles, separated by commas; accepted: viewer, responder.", DefaultValueFactory = _ => "viewer" };
        var create = new Command("create", "Create a token. The key goes to standard output, once; it is kept nowhere.") { name, roles };
        create.SetAction((parsed, token) => RunAsync(
            parsed.GetValue(data), parsed.GetValue(config), handler => CreateAsync(handler, parsed.GetValue(name)!, parsed.GetValue(roles)!, token)));
        var list = new Command("list", "List tokens, revoked ones too.");
        list.SetAction((parsed, token) => RunAsync(parsed.GetValue(data), parsed.GetValue(config), handler => ListAsync(handler, token)));
        var revoke = new Command("revoke", "Make a token stop working at once.") { name };
        revoke.SetAction((parsed, token) => RunAsync(
            parsed.GetValue(data), parsed.GetValue(config), handler => RevokeAsync(handler, parsed.GetValue(name)!, token)));
        return new Command("token", "Keys for programs that use the API.") { data, config, create, list, revoke };
    }

    private static async Task<int> CreateAsync(TokenHandler handler, string name, string roles, CancellationToken cancellationToken)
    {
        var wanted = new List<Role>();
        foreach (var word in roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Enum.TryParse<Role>(word, ignoreCase: true, out var role) || !Enum.IsDefined(role))
                return await RefuseAsync($"There is no role “{word}”; accepted: viewer, responder.");
            wanted.Add(role);
        }

        switch (await handler.CreateAsync(name, wanted, Administrator, cancellationToken))
        {
            case TokenOutcome.Created created:
                await Console.Error.WriteLineAsync($"Token “{created.Token.Name}” works from now on. This is the only time its key is shown.");
                await Console.Out.WriteLineAsync(created.Key);
                return Good;
            case TokenOutcome.Refused refused:
                return await RefuseAsync(refused.Why);
            default:
                throw new InvalidOperationException("A token is created or refused.");
        }
    }

    private static async Task<int> ListAsync(TokenHandler handler, CancellationToken cancellationToken)
    {
        foreach (var token in await handler.ListAsync(cancellationToken))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{token.Id}  {token.Name}  {string.Join(',', token.Roles.Order()).ToLowerInvariant()}  created {token.CreatedAt:u} by {token.CreatedBy}{(token.RevokedAt is { } at ? $"  revoked {at:u}" : "")}"));
        }

        return Good;
    }

    private static async Task<int> RevokeAsync(TokenHandler handler, string name, CancellationToken cancellationToken)
    {
        if (await handler.RevokeAsync(name, Administrator, cancellationToken) is TokenOutcome.Refused refused) return await RefuseAsync(refused.Why);
        await Console.Error.WriteLineAsync($"Token “{name}” does not work any more.");
        return Good;
    }

    private static async Task<int> RunAsync(string? data, string? configFile, Func<TokenHandler, Task<int>> act)
    {
        try
        {
            var configuration = new ConfigurationBuilder();
            if (configFile is not null) configuration.AddJsonFile(Path.GetFullPath(configFile), optional: false);
            configuration.AddEnvironmentVariables("COCKPIT_");
            if (data is not null) configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:DataDirectory"] = data });
            await using var services = new ServiceCollection().AddLogging().AddCockpitStorage(configuration.Build()).AddSingleton<TokenHandler>().BuildServiceProvider();
            services.GetRequiredService<IStartupValidator>().Validate();
            return await act(services.GetRequiredService<TokenHandler>());
        }
        catch (Exception unusable) when (unusable is StorageUnavailableException or OptionsValidationException or IOException or InvalidDataException)
        {
            return await RefuseAsync(unusable.Message);
        }
    }

    private static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return BadInput;
    }
}
