using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>A dead man's switch outside: asked regularly with GET, it pages when the asking stops.</summary>
internal sealed class OutsideHeartbeat(HttpClient http, Uri address, TimeSpan interval, TimeProvider clock) : IHeartbeatReceiver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public TimeSpan Interval => interval;

    public async Task<string?> BeatAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await Post.SendAsync(http, new HttpRequestMessage(HttpMethod.Get, address), bounded.Token) switch
            {
                DeliveryAnswer.Taken => null,
                DeliveryAnswer.TryAgain again => again.Reason,
                DeliveryAnswer.Refused refused => refused.Reason,
                var other => throw new ArgumentOutOfRangeException(nameof(cancellationToken), other, null),
            };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return "the receiver of heartbeats does not answer";
        }
    }
}
