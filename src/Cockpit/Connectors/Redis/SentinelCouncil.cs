using System.Collections.Immutable;

namespace Cockpit.Connectors.Redis;

/// <summary>The accounts of all Sentinels that answered, taken together.</summary>
/// <param name="Master">The address that most of them name; among equals the one of the newest configuration.</param>
/// <param name="Agreeing">How many name it.</param>
/// <param name="Total">Sentinels that should exist: the most that any of them knows, itself included.</param>
/// <param name="FailoverInProgress">At least one of them says so.</param>
/// <param name="Nodes">Every node that any of them knows, the master first.</param>
internal sealed record SentinelCouncil(
    RedisAddress Master, int Agreeing, int Total, bool FailoverInProgress, ImmutableArray<RedisAddress> Nodes)
{
    public static SentinelCouncil Of(IReadOnlyList<SentinelAccount> accounts)
    {
        var chosen = accounts
            .GroupBy(account => account.Master)
            .OrderByDescending(votes => votes.Count())
            .ThenByDescending(votes => votes.Max(account => account.ConfigEpoch))
            .First();
        return new(
            chosen.Key,
            chosen.Count(),
            accounts.Max(account => account.OtherSentinels) + 1,
            accounts.Any(account => account.FailoverInProgress),
            [.. accounts
                .SelectMany(account => account.Nodes.Prepend(account.Master))
                .Distinct()
                .OrderBy(node => node == chosen.Key ? 0 : 1)
                .ThenBy(node => node.Host, StringComparer.Ordinal)
                .ThenBy(node => node.Port)]);
    }
}
