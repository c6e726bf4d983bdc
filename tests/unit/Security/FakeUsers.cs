using System.Collections.Immutable;
using Cockpit.Security;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.Tests.Security;

/// <summary>Users in memory.</summary>
internal sealed class FakeUsers : IUserStore
{
    private ImmutableList<LocalUser> _users = [];

    public bool IsDown { get; set; }

    public LocalUser Add(string name, string password, params string[] roles)
    {
        var user = new LocalUser($"u-{_users.Count + 1}", name, StoredIdentities.HashOf(password), [.. roles], "stamp", false, Health.Platform.Now);
        _users = _users.Add(user);
        return user;
    }

    public Task<UserCreation> CreateAsync(string name, string passwordHash, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        var user = new LocalUser($"u-{_users.Count + 1}", name, passwordHash, [.. roles], "stamp", false, Health.Platform.Now);
        _users = _users.Add(user);
        return Task.FromResult<UserCreation>(new UserCreation.Created(user));
    }

    public Task<LocalUser?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_users.Find(user => string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase)));

    public Task<LocalUser?> FindByIdAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_users.Find(user => user.Id == id));

    public Task<IReadOnlyList<LocalUser>> ListAsync(CancellationToken cancellationToken) =>
        IsDown ? throw new StorageUnavailableException("down") : Task.FromResult<IReadOnlyList<LocalUser>>(_users);

    public Task<LocalUser?> UpdateRolesAsync(string id, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) =>
        Change(id, user => user with { Roles = [.. roles] });

    public Task<LocalUser?> UpdatePasswordAsync(string id, string passwordHash, CancellationToken cancellationToken) =>
        Change(id, user => user with { PasswordHash = passwordHash });

    public Task<LocalUser?> SetDisabledAsync(string id, bool isDisabled, CancellationToken cancellationToken) =>
        Change(id, user => user with { IsDisabled = isDisabled });

    private Task<LocalUser?> Change(string id, Func<LocalUser, LocalUser> change)
    {
        var old = _users.Find(user => user.Id == id);
        if (old is null) return Task.FromResult<LocalUser?>(null);
        var changed = change(old);
        _users = _users.Replace(old, changed);
        return Task.FromResult<LocalUser?>(changed);
    }
}
