using Microsoft.AspNetCore.SignalR;

namespace Cockpit.Hubs;

/// <summary>
/// Bounds how often one connection may call. A viewer calls a few times on joining and once after a gap; one that goes on calling after
/// it was refused is let go.
/// </summary>
internal sealed class InvocationLimit(HubMetrics metrics, TimeProvider clock) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var items = invocation.Context.Items;
        if (!items.TryGetValue(typeof(Allowance), out var held) || held is not Allowance allowance)
            items[typeof(Allowance)] = allowance = new Allowance(clock);
        if (allowance.TryTake()) return await next(invocation);
        metrics.RefuseCall();
        if (allowance.IsExhausted) invocation.Context.Abort();
        throw new HubException($"Too many calls; accepted: {Allowance.Burst} at once, then {Allowance.PerSecond} a second.");
    }

    /// <summary>A bucket that refills with time. Calls of one connection come one after the other, so nothing here is locked.</summary>
    internal sealed class Allowance(TimeProvider clock)
    {
        public const int Burst = 12;
        public const int PerSecond = 2;
        private const int RefusalsBorne = 20;

        private double _left = Burst;
        private int _refused;
        private long _at = clock.GetTimestamp();

        /// <summary>True when the caller did not heed being refused.</summary>
        public bool IsExhausted => _refused > RefusalsBorne;

        public bool TryTake()
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(Burst, _left + clock.GetElapsedTime(_at, now).TotalSeconds * PerSecond);
            _at = now;
            if (_left < 1)
            {
                _refused++;
                return false;
            }

            _left--;
            return true;
        }
    }
}
