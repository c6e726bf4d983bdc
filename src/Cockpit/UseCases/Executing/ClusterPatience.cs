using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>Asks a cluster and does not wait for ever: one that hangs, even past its token, is as good as unreachable.</summary>
internal static class ClusterPatience
{
    public static async Task<ClusterAnswer> AskAsync(
        Func<CancellationToken, Task<ClusterAnswer>> ask, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await ask(bounded.Token).WaitAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ClusterAnswer.Unreachable($"the cluster did not answer within {FigureText.Duration(patience)}");
        }
    }
}
