using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.SigningIn;

/// <summary>Every token, folded from the ledger: creating and revoking one is on the audit like any other deed.</summary>
public sealed class TokenBook : ILedgerView
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, ApiToken> _byId = ImmutableDictionary<string, ApiToken>.Empty;
    private ImmutableDictionary<string, string> _idByHash = ImmutableDictionary<string, string>.Empty;

    /// <summary>Every token, the newest first, revoked ones among them.</summary>
    public ImmutableArray<ApiToken> All
    {
        get { lock (_lock) return [.. _byId.Values.OrderByDescending(token => token.CreatedAt)]; }
    }

    /// <summary>The token with this key; null when there is none, or not any more.</summary>
    public ApiToken? WithKey(string key)
    {
        lock (_lock) return _idByHash.TryGetValue(ApiToken.HashOf(key), out var id) ? Working_NeedsLock(id) : null;
    }

    /// <summary>The token of that id; null when there is none, or not any more.</summary>
    public ApiToken? Find(string id)
    {
        lock (_lock) return Working_NeedsLock(id);
    }

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Stream.Kind != Ledger.TokenKind) return;
        lock (_lock)
        {
            switch (entry.Type)
            {
                case Ledger.TokenCreated:
                    var made = Ledger.Read<Created>(entry);
                    var token = new ApiToken(entry.Stream.Id, made.Name, [.. made.Roles], made.Hash, entry.Actor.Name, entry.RecordedAt, null);
                    _byId = _byId.SetItem(token.Id, token);
                    _idByHash = _idByHash.SetItem(token.Hash, token.Id);
                    break;
                case Ledger.TokenRevoked when _byId.TryGetValue(entry.Stream.Id, out var revoked):
                    _byId = _byId.SetItem(revoked.Id, revoked with { RevokedAt = entry.RecordedAt });
                    break;
            }
        }
    }

    private ApiToken? Working_NeedsLock(string id) => _byId.GetValueOrDefault(id) is { RevokedAt: null } token ? token : null;

    /// <summary>What is recorded of a new token.</summary>
    internal sealed record Created(string Name, ImmutableArray<Role> Roles, string Hash);
}
