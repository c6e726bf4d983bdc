namespace Cockpit.Domain.Health;

/// <summary>How something is. Ordered from best to worst for what is known; unknown and not configured stand apart.</summary>
public enum HealthStatus
{
    /// <summary>It cannot be told. Never shown as good.</summary>
    Unknown,

    /// <summary>There is nothing to tell: no source is configured.</summary>
    NotConfigured,

    /// <summary>Everything that is watched is as it should be, and the evidence is fresh.</summary>
    Good,

    /// <summary>Outside the comfort zone, or the evidence is partly old.</summary>
    Warn,

    /// <summary>A symptom is present.</summary>
    Bad,
}
