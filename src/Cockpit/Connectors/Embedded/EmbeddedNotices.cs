using System.Collections.Immutable;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Embedded;

/// <summary>Keeps what stakeholders of the simulated platform would have been told.</summary>
internal sealed class EmbeddedNotices : IStakeholderNotice
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private ImmutableArray<StakeholderNotice> _sent = [];

    /// <summary>The newest first.</summary>
    public ImmutableArray<StakeholderNotice> Sent
    {
        get { lock (_lock) return _sent; }
    }

    public Task<TargetAnswer<string>> SendAsync(StakeholderNotice notice, CancellationToken cancellationToken)
    {
        lock (_lock) _sent = [notice, .. _sent.Take(Kept - 1)];
        return Task.FromResult<TargetAnswer<string>>(new TargetAnswer<string>.Done($"told {string.Join(", ", notice.To)} (simulated: nobody was reached)"));
    }
}
