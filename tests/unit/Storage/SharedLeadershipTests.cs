using Cockpit.Storage;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

/// <summary>Several loops of one instance under a lock that can be held once.</summary>
public sealed class SharedLeadershipTests
{
    [Fact]
    public async Task Every_loop_of_an_instance_leads_under_one_lock()
    {
        var inner = new OneLock();
        var shared = new SharedLeadership(inner);

        var terms = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shared.AcquireAsync(CancellationToken.None))).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(1, inner.Taken);
        foreach (var term in terms[..4]) await term.DisposeAsync();
        Assert.True(inner.IsLeader);
        await terms[4].DisposeAsync();
        await terms[4].DisposeAsync();
        Assert.False(inner.IsLeader);
    }

    [Fact]
    public async Task Lost_term_is_lost_for_every_loop_and_the_next_is_a_new_one()
    {
        var inner = new OneLock();
        var shared = new SharedLeadership(inner);
        var (one, other) = (await shared.AcquireAsync(CancellationToken.None), await shared.AcquireAsync(CancellationToken.None));

        await inner.LoseAsync();

        Assert.True(one.Lost.IsCancellationRequested && other.Lost.IsCancellationRequested);
        await one.DisposeAsync();
        await using var next = await shared.AcquireAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(next.Lost.IsCancellationRequested);
        await other.DisposeAsync();
        Assert.True(inner.IsLeader);
    }

    [Fact]
    public async Task Loop_that_gives_up_waiting_leaves_the_others_waiting()
    {
        var inner = new OneLock();
        await using var elsewhere = await inner.AcquireAsync(CancellationToken.None);
        var shared = new SharedLeadership(inner);
        using var impatience = new CancellationTokenSource();
        var first = shared.AcquireAsync(impatience.Token);
        var second = shared.AcquireAsync(CancellationToken.None);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await elsewhere.DisposeAsync();

        await using var term = await second.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>A lock that can be held once.</summary>
    private sealed class OneLock : ILeadership
    {
        private readonly SemaphoreSlim _free = new(1, 1);
        private Term? _held;

        public int Taken { get; private set; }

        public bool IsLeader => _held is not null;

        public async Task<ILeadershipTerm> AcquireAsync(CancellationToken cancellationToken)
        {
            await _free.WaitAsync(cancellationToken);
            Taken++;
            return _held = new Term(this);
        }

        /// <summary>The lock is gone without its holder's doing.</summary>
        public async Task LoseAsync()
        {
            await _held!.EndAsync();
            Release(_held);
        }

        private void Release(Term term)
        {
            if (_held != term) return;
            _held = null;
            _free.Release();
        }

        private sealed class Term(OneLock owner) : ILeadershipTerm
        {
            private readonly CancellationTokenSource _lost = new();

            public CancellationToken Lost => _lost.Token;

            public Task EndAsync() => _lost.CancelAsync();

            public ValueTask DisposeAsync()
            {
                owner.Release(this);
                return ValueTask.CompletedTask;
            }
        }
    }
}
