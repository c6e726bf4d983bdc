using Cockpit.Domain.Health;

namespace Cockpit.Components.Primitives;

/// <summary>How a status is said and which shape it has. The shape carries it where colour cannot.</summary>
public static class StatusText
{
    public static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Good => "Healthy",
        HealthStatus.Warn => "Degraded",
        HealthStatus.Bad => "Bad",
        HealthStatus.NotConfigured => "Not configured",
        _ => "Unknown",
    };

    public static string Shape(HealthStatus status) => status switch
    {
        HealthStatus.Good => "good",
        HealthStatus.Warn => "warn",
        HealthStatus.Bad => "bad",
        HealthStatus.NotConfigured => "none",
        _ => "unknown",
    };

    public static HealthStatus Of(OverallStatus status) => status switch
    {
        OverallStatus.Green => HealthStatus.Good,
        OverallStatus.Yellow => HealthStatus.Warn,
        OverallStatus.Red => HealthStatus.Bad,
        _ => HealthStatus.Unknown,
    };
}
