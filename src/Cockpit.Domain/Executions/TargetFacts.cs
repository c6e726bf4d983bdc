using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions;

/// <summary>A workload that reads a ConfigMap.</summary>
/// <param name="Workload">Its name.</param>
/// <param name="AtStartOnly">True when it takes the values into its environment as its pods start; false when it follows a mounted file.</param>
public sealed record ConfigReader(string Workload, bool AtStartOnly);

/// <summary>The endpoints of one workload that a Service selects.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Ready">How many of its pods are ready.</param>
public sealed record SelectedEndpoints(string Workload, int Ready);

/// <summary>A session of a database.</summary>
/// <param name="Pid">Process id, reused once the session has ended.</param>
/// <param name="StartedAt">When it began, exactly as the server writes it; with the pid it names one session for ever.</param>
/// <param name="Kind">The server's own word: <c>client backend</c>, <c>walsender</c>, <c>autovacuum worker</c> …</param>
/// <param name="User">Whose it is.</param>
/// <param name="Application">As it introduced itself.</param>
/// <param name="RunsFor">How long its query has been running.</param>
/// <param name="Query">The beginning of its query with literals taken out.</param>
public sealed record DatabaseSession(int Pid, string StartedAt, string Kind, string User, string Application, TimeSpan RunsFor, string Query)
{
    /// <summary>The kind of session that people and services hold; every other belongs to the server.</summary>
    public const string ClientBackend = "client backend";

    /// <summary>What names it for ever, <c>pid@start</c>.</summary>
    public string Key => FormattableString.Invariant($"{Pid}@{StartedAt}");
}

/// <summary>What a failover of a Redis group would come to, as far as anybody can tell beforehand.</summary>
/// <param name="Master">The master's <c>host:port</c>; null when no Sentinel names one.</param>
/// <param name="MasterAnswers">Whether that node answers.</param>
/// <param name="Candidate">The replica that Sentinel would likely pick; null when none is fit. Sentinel decides, not we.</param>
/// <param name="LostBytesAtLeast">Bytes of the replication stream that the candidate lacks: a lower bound of the loss. Null when it cannot be measured.</param>
public sealed record FailoverOutlook(string? Master, bool MasterAnswers, RedisNode? Candidate, long? LostBytesAtLeast)
{
    /// <summary>The outlook of a group: the candidate is the linked replica of the best priority, then of the largest offset.</summary>
    public static FailoverOutlook Of(RedisReading group)
    {
        var master = group.Nodes.FirstOrDefault(node => node.Endpoint == group.Master);
        var answers = master is { Failure: null };
        var candidate = group.Nodes
            .Where(node => node != master && node is { Failure: null, Role: "slave", Priority: not 0 })
            .OrderBy(node => answers && node.LinkUp != true ? 1 : 0)
            .ThenBy(node => node.Priority ?? int.MaxValue)
            .ThenByDescending(node => node.ReplicationOffset ?? -1)
            .FirstOrDefault();
        long? gap = answers && master!.ReplicationOffset is { } ahead && candidate?.ReplicationOffset is { } behind ? Math.Max(0, ahead - behind) : null;
        return new FailoverOutlook(group.Master, answers, candidate, gap);
    }
}
