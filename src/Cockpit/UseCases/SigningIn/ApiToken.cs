using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.SigningIn;

/// <summary>A program's key to the API. The key itself is shown once and kept nowhere; what is kept is its hash.</summary>
/// <param name="Id">Stable id, part of the actor's.</param>
/// <param name="Name">What a person calls it; unique among those that work.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Hash">SHA-256 of the key, hexadecimal. The key is 256 random bits, so nothing slower is needed.</param>
/// <param name="CreatedBy">Who created it, by name.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="RevokedAt">When it stopped working; null while it works.</param>
public sealed record ApiToken(
    string Id, string Name, ImmutableHashSet<Role> Roles, string Hash, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    private const string Prefix = "ckp_";
    private const string ActorPrefix = "token-";
    private const int KeyBytes = 32;

    /// <summary>What a token may be given. It is no person, so it never approves and never breaks glass.</summary>
    public static readonly ImmutableArray<Role> Grantable = [Role.Viewer, Role.Responder];

    /// <summary>The token as somebody who acts.</summary>
    public Actor ToActor() => new(ActorPrefix + Id, $"token {Name}", Roles, IsPerson: false);

    /// <summary>The token's id in an actor's id; null when the actor is no token.</summary>
    public static string? IdIn(string actorId) => actorId.StartsWith(ActorPrefix, StringComparison.Ordinal) ? actorId[ActorPrefix.Length..] : null;

    /// <summary>A new key.</summary>
    public static string NewKey() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What is kept of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
