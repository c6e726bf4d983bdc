namespace Cockpit.Estate.Caching;

/// <summary>One simulated Redis process.</summary>
internal sealed class RedisServer(string endpoint, bool isMaster, double offset)
{
    public string Endpoint => endpoint;

    public bool IsMaster { get; set; } = isMaster;

    public bool Answers { get; set; } = true;

    public double Offset { get; set; } = offset;

    /// <summary>Since when a replica's link to its master is down; null when up.</summary>
    public DateTimeOffset? LinkDownSince { get; set; }

    /// <summary>When a replica that copies the whole data set has it; null when it copies none.</summary>
    public DateTimeOffset? CopiedAt { get; set; }

    public double PingSeconds { get; set; }
}
