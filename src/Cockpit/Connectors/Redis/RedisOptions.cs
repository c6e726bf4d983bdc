namespace Cockpit.Connectors.Redis;

/// <summary>Where Redis is: behind Sentinels, or one node alone. Without this section it is not configured.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>The name under which Sentinel watches the group; with a single node only its title.</summary>
    public string Group { get; set; } = "mymaster";

    public IReadOnlyList<RedisAddress> Sentinels { get; set; } = [];

    /// <summary>The one node, instead of Sentinels.</summary>
    public RedisAddress? Node { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    public string? SentinelPassword { get; set; }

    public bool Tls { get; set; }

    /// <summary>PEM file with the certificates to trust instead of the machine's; with TLS only.</summary>
    public string? CaFile { get; set; }

    /// <summary>How long one read of the whole group may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    internal RedisAccess NodeAccess() => new(User, Password, Trust());

    internal RedisAccess SentinelAccess() => new(null, SentinelPassword, Trust());

    private Func<System.Security.Cryptography.X509Certificates.X509ChainPolicy?>? Trust() =>
        Tls ? () => CaFile is null ? null : CertificateAuthority.Trusting(CaFile) : null;
}
