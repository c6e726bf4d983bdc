using System.Collections.Immutable;

namespace Cockpit.UseCases.SigningIn;

/// <summary>Somebody who signs in with a password kept here.</summary>
/// <param name="Id">Stable and never reused.</param>
/// <param name="Name">The name to sign in with; unique whatever its case.</param>
/// <param name="PasswordHash">What the password hasher made; never a password.</param>
/// <param name="Roles">Role names in ordinal order.</param>
/// <param name="SecurityStamp">Changes whenever roles, password or the disabled mark change: sessions that carry another one are over.</param>
/// <param name="IsDisabled">True when the user may no longer sign in.</param>
/// <param name="CreatedAt">When the user was created.</param>
public sealed record LocalUser(
    string Id,
    string Name,
    string PasswordHash,
    ImmutableArray<string> Roles,
    string SecurityStamp,
    bool IsDisabled,
    DateTimeOffset CreatedAt)
{
    /// <summary>Equal when every part is, roles compared one by one.</summary>
    public bool Equals(LocalUser? other) =>
        other is not null && Id == other.Id && Name == other.Name && PasswordHash == other.PasswordHash && Roles.SequenceEqual(other.Roles)
        && SecurityStamp == other.SecurityStamp && IsDisabled == other.IsDisabled && CreatedAt == other.CreatedAt;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, SecurityStamp);
}

/// <summary>How creating a user ended.</summary>
public abstract record UserCreation
{
    private UserCreation() { }

    /// <summary>The user exists now.</summary>
    public sealed record Created(LocalUser User) : UserCreation;

    /// <summary>Another user has the name, perhaps in another case.</summary>
    public sealed record NameTaken(string Name) : UserCreation;
}

/// <summary>Keeps local users. Every member throws <see cref="Recording.StorageUnavailableException"/> on an outage.</summary>
public interface IUserStore
{
    /// <summary>Creates a user with a new id and security stamp.</summary>
    Task<UserCreation> CreateAsync(string name, string passwordHash, IReadOnlyCollection<string> roles, CancellationToken cancellationToken);

    /// <summary>Finds a user by name, whatever its case; null when there is none.</summary>
    Task<LocalUser?> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>Finds a user by id; null when there is none.</summary>
    Task<LocalUser?> FindByIdAsync(string id, CancellationToken cancellationToken);

    /// <summary>All users, by name.</summary>
    Task<IReadOnlyList<LocalUser>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the roles and renews the security stamp.</summary>
    /// <returns>The user after the change, or null when there is none with that id.</returns>
    Task<LocalUser?> UpdateRolesAsync(string id, IReadOnlyCollection<string> roles, CancellationToken cancellationToken);

    /// <summary>Replaces the password hash and renews the security stamp.</summary>
    /// <inheritdoc cref="UpdateRolesAsync" path="/returns"/>
    Task<LocalUser?> UpdatePasswordAsync(string id, string passwordHash, CancellationToken cancellationToken);

    /// <summary>Disables or enables the user and renews the security stamp.</summary>
    /// <inheritdoc cref="UpdateRolesAsync" path="/returns"/>
    Task<LocalUser?> SetDisabledAsync(string id, bool isDisabled, CancellationToken cancellationToken);
}
