namespace Cockpit.Connectors.Prometheus;

/// <summary>Where Prometheus is and how to ask it. Without this section it is not configured.</summary>
public sealed class PrometheusOptions
{
    public const string Section = "Prometheus";

    /// <summary>Base address, with the path prefix if it has one.</summary>
    public Uri? Url { get; set; }

    public string? BearerToken { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>PEM file with the certificates to trust instead of the machine's.</summary>
    public string? CaFile { get; set; }

    /// <summary>How long one round of queries may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);
}
