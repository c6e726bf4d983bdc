using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>The only instance there is always leads.</summary>
internal sealed class SoleLeadership : ILeadership
{
    public bool IsLeader => true;

    public Task<ILeadershipTerm> AcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<ILeadershipTerm>(new EndlessTerm());
    }

    private sealed class EndlessTerm : ILeadershipTerm
    {
        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
