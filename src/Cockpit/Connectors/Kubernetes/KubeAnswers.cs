using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Puts what the API server said into the words of the use cases.</summary>
internal static class KubeAnswers
{
    public static TargetAnswer<TOther> Of<T, TOther>(KubeResult<T> result, Func<T, TOther> translate) => result switch
    {
        KubeResult<T>.Done done => new TargetAnswer<TOther>.Done(translate(done.Value)),
        KubeResult<T>.Failed failed => Failed<TOther>(failed.Failure),
        _ => throw new InvalidOperationException("A result is either done or failed."),
    };

    public static TargetAnswer<T> Failed<T>(KubeFailure failure) => new TargetAnswer<T>.Failed(failure switch
    {
        KubeFailure.NotFound => new TargetFailure.NotFound(failure.Message),
        KubeFailure.Unauthenticated => new TargetFailure.Unauthenticated(failure.Message),
        KubeFailure.Forbidden => new TargetFailure.Forbidden(failure.Message),
        KubeFailure.Conflict => new TargetFailure.Conflict(failure.Message),
        KubeFailure.Invalid => new TargetFailure.Invalid(failure.Message),
        KubeFailure.Throttled throttled => new TargetFailure.Throttled(failure.Message, throttled.RetryAfter),
        KubeFailure.Gone or KubeFailure.Unreachable => new TargetFailure.Unreachable(failure.Message),
        _ => throw new InvalidOperationException($"A failure without an answer: {failure.GetType().Name}."),
    });
}
