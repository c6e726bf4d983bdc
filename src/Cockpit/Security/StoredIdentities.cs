using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.AspNetCore.Identity;

namespace Cockpit.Security;

/// <summary>People whose names and password hashes are kept in the cockpit's own storage.</summary>
internal sealed class StoredIdentities(IUserStore users) : IIdentities
{
    private static readonly PasswordHasher<string> Hasher = new();

    /// <summary>Checked when there is no such user, so that a wrong name takes as long as a wrong password.</summary>
    private static readonly string NobodysHash = Hasher.HashPassword("", Guid.NewGuid().ToString());

    public async Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) =>
        await users.FindByIdAsync(id, cancellationToken) is { IsDisabled: false } user ? ActorOf(user) : null;

    public async Task<Actor?> CheckPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByNameAsync(name, cancellationToken);
        var right = Hasher.VerifyHashedPassword("", user?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        return right && user is { IsDisabled: false } ? ActorOf(user) : null;
    }

    public static string HashOf(string password) => Hasher.HashPassword("", password);

    private static Actor ActorOf(LocalUser user) => new(
        user.Id, user.Name,
        [.. Enum.GetValues<Role>().Where(role => user.Roles.Contains(role.ToString(), StringComparer.OrdinalIgnoreCase))],
        IsPerson: true);
}

/// <summary>Creates the first administrator that the configuration names, once, when there are no users.</summary>
internal sealed partial class FirstAdministrator(IUserStore users, SecurityOptions options, TimeProvider clock, ILogger<FirstAdministrator> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly ImmutableArray<string> Everything = [.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if ((await users.ListAsync(stoppingToken)).Count > 0) return;
                if (options is not { FirstAdminName: { } name, FirstAdminPassword: { } password })
                {
                    NobodyCanSignIn(logger);
                    return;
                }

                await users.CreateAsync(name, StoredIdentities.HashOf(password), Everything, stoppingToken);
                Created(logger, name);
                return;
            }
            catch (StorageUnavailableException)
            {
                StorageAwaited(logger);
                await Task.Delay(RetryAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Created the first administrator, {Name}")]
    private static partial void Created(ILogger logger, string name);

    [LoggerMessage(2, LogLevel.Warning, "There are no users. Set Security:FirstAdminName and Security:FirstAdminPassword to create the first")]
    private static partial void NobodyCanSignIn(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Waiting for storage before looking for users")]
    private static partial void StorageAwaited(ILogger logger);
}
