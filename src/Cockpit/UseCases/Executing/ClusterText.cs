using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>A cluster's answer in words.</summary>
public static class ClusterText
{
    public static string Of(ClusterAnswer answer) => answer switch
    {
        ClusterAnswer.Accepted accepted => $"{accepted.Workload.Namespace}/{accepted.Workload.Name} asks for {accepted.Workload.Replicas} replicas",
        ClusterAnswer.NotFound missing => $"there is no such object ({missing.Message})",
        ClusterAnswer.Unauthenticated stranger => $"the cluster does not know the cockpit's credentials ({stranger.Message})",
        ClusterAnswer.Forbidden forbidden => $"the cockpit's account may not do this ({forbidden.Message})",
        ClusterAnswer.Conflict conflict => $"somebody changed it in this very moment ({conflict.Message})",
        ClusterAnswer.Invalid invalid => invalid.Message,
        ClusterAnswer.Throttled throttled => throttled.RetryAfter is { } pause
            ? $"the cluster asks to come back in {FigureText.Duration(pause)}" : "the cluster asks to come back later",
        ClusterAnswer.Unreachable silent => silent.Message,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };
}
