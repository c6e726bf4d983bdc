using System.Collections.Immutable;
using System.Security.Cryptography;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.SigningIn;

/// <summary>How creating or revoking a token ended.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome() { }

    /// <summary>It works from now on.</summary>
    /// <param name="Token">What is kept.</param>
    /// <param name="Key">The key: shown now and never again.</param>
    public sealed record Created(ApiToken Token, string Key) : TokenOutcome;

    /// <summary>It does not work any more.</summary>
    public sealed record Revoked(string Name) : TokenOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Why">A sentence.</param>
    public sealed record Refused(string Why) : TokenOutcome;
}

/// <summary>Creates and revokes the tokens that programs use. Only an administrator may.</summary>
public sealed class TokenHandler(IEventStore store, TimeProvider clock)
{
    private const int LongestName = 60;

    public async Task<TokenOutcome> CreateAsync(string name, IReadOnlyCollection<Role> roles, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Admin)) return new TokenOutcome.Refused("Only an admin may create tokens.");
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return new TokenOutcome.Refused($"A token's name has 1 to {LongestName} characters.");
        if (roles.FirstOrDefault(role => !ApiToken.Grantable.Contains(role), Role.Viewer) is var wrong && wrong != Role.Viewer)
            return new TokenOutcome.Refused($"A token is not a person and cannot be {wrong.ToString().ToLowerInvariant()}; accepted: viewer, responder.");
        if (roles.Count == 0) return new TokenOutcome.Refused("A token needs a role; accepted: viewer, responder.");
        if ((await ReadAsync(cancellationToken)).All.Any(token => token.RevokedAt is null && token.Name == name))
            return new TokenOutcome.Refused($"There is a token “{name}” already. Revoke it first, or choose another name.");

        var (id, key) = (RandomNumberGenerator.GetHexString(12, lowercase: true), ApiToken.NewKey());
        var made = new TokenBook.Created(name, [.. roles.Distinct().Order()], ApiToken.HashOf(key));
        await store.AppendAsync(new StreamId(Ledger.TokenKind, id), 0, [Ledger.Write(Ledger.TokenCreated, made, actor)], cancellationToken);
        return new TokenOutcome.Created(new ApiToken(id, name, [.. made.Roles], made.Hash, actor.Name, clock.GetUtcNow(), null), key);
    }

    /// <summary>Makes a token stop working.</summary>
    /// <param name="nameOrId">Its name, or its id.</param>
    /// <param name="actor">Who revokes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<TokenOutcome> RevokeAsync(string nameOrId, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Admin)) return new TokenOutcome.Refused("Only an admin may revoke tokens.");
        var found = (await ReadAsync(cancellationToken)).All.FirstOrDefault(token => token.RevokedAt is null && (token.Name == nameOrId || token.Id == nameOrId));
        if (found is null) return new TokenOutcome.Refused($"There is no working token “{nameOrId}”.");
        await store.AppendAsync(
            new StreamId(Ledger.TokenKind, found.Id), 1, [Ledger.Write(Ledger.TokenRevoked, new { name = found.Name }, actor)], cancellationToken);
        return new TokenOutcome.Revoked(found.Name);
    }

    /// <summary>Every token as storage has it, the newest first.</summary>
    public async Task<ImmutableArray<ApiToken>> ListAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).All;

    private async Task<TokenBook> ReadAsync(CancellationToken cancellationToken)
    {
        var book = new TokenBook();
        await foreach (var entry in store.ReadLedgerAsync(1, cancellationToken)) book.Apply(entry);
        return book;
    }
}
