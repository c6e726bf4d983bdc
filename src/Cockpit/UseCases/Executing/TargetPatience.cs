using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>Asks a target and does not wait for ever: one that hangs, even past its token, is as good as unreachable.</summary>
internal static class TargetPatience
{
    public static async Task<TargetAnswer<T>> AskAsync<T>(
        Func<CancellationToken, Task<TargetAnswer<T>>> ask, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        await BoundAsync(ask, patience, clock, cancellationToken) ?? new TargetAnswer<T>.Failed(new TargetFailure.Unreachable(Silence(patience)));

    public static async Task<DryRunResult> TryAsync(
        Func<CancellationToken, Task<DryRunResult>> ask, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        await BoundAsync(ask, patience, clock, cancellationToken) ?? new DryRunResult(null, Silence(patience));

    private static async Task<T?> BoundAsync<T>(
        Func<CancellationToken, Task<T>> ask, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) where T : class
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await ask(bounded.Token).WaitAsync(bounded.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Silence(TimeSpan patience) => $"the cluster did not answer within {FigureText.Duration(patience)}";
}
