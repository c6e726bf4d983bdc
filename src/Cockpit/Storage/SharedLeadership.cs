using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>
/// Shares one term among all loops of an instance. The lock behind it can be held once: a second loop that asked for itself would wait for ever
/// for the first one of its own process.
/// </summary>
internal sealed class SharedLeadership(ILeadership inner) : ILeadership
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private Shared? _current;

    public bool IsLeader => inner.IsLeader;

    public async Task<ILeadershipTerm> AcquireAsync(CancellationToken cancellationToken)
    {
        if (Join() is { } standing) return standing;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Join() is { } meanwhile) return meanwhile;
            var term = await inner.AcquireAsync(cancellationToken);
            lock (_lock)
            {
                _current = new Shared(term);
                return new Handle(this, _current);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private Handle? Join()
    {
        lock (_lock)
        {
            if (_current is not { Holders: > 0 } shared || shared.Term.Lost.IsCancellationRequested) return null;
            shared.Holders++;
            return new Handle(this, shared);
        }
    }

    /// <summary>The last one to let go resigns.</summary>
    private async ValueTask LetGoAsync(Shared shared)
    {
        lock (_lock)
        {
            if (--shared.Holders > 0) return;
            if (_current == shared) _current = null;
        }

        await shared.Term.DisposeAsync();
    }

    private sealed class Shared(ILeadershipTerm term)
    {
        public ILeadershipTerm Term => term;

        public int Holders { get; set; } = 1;
    }

    private sealed class Handle(SharedLeadership owner, Shared shared) : ILeadershipTerm
    {
        private int _disposed;

        public CancellationToken Lost { get; } = shared.Term.Lost;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) await owner.LetGoAsync(shared);
        }
    }
}
