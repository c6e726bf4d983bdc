using System.Runtime.CompilerServices;
using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Recording;

public sealed class LedgerReaderTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeClock _clock = new(Runs.At);
    private readonly MemoryEventStore _store;
    private readonly SeenEntries _seen = new();

    public LedgerReaderTests() => _store = new MemoryEventStore(_clock);

    [Fact]
    public async Task Views_see_what_was_recorded_before_and_after_the_start()
    {
        await RecordAsync("p-1", new ExecutionEvent.Requested(Runs.Preview));
        using var reader = new LedgerReader(_store, [_seen], _clock, NullLogger<LedgerReader>.Instance);
        var third = reader.ReachedAsync(3, CancellationToken.None);
        await reader.StartAsync(CancellationToken.None);
        await reader.ReachedAsync(1, CancellationToken.None).WaitAsync(Soon);
        Assert.False(third.IsCompleted);

        await RecordAsync("p-1", new ExecutionEvent.Confirmed("a click", null));
        await RecordAsync("p-1", new ExecutionEvent.DispatchIntended(1));
        await third.WaitAsync(Soon);
        await reader.StopAsync(CancellationToken.None);

        Assert.Equal([1, 2, 3], _seen.Positions);
    }

    [Fact]
    public async Task Entry_that_a_view_cannot_read_does_not_hide_those_after_it()
    {
        var book = new ExecutionBook();
        await _store.AppendAsync(new StreamId(Ledger.ExecutionKind, "broken"), 0, [new NewEvent("execution.from-the-future", "{}", Runs.Sam)], CancellationToken.None);
        await RecordAsync("p-1", new ExecutionEvent.Requested(Runs.Preview));
        using var reader = new LedgerReader(_store, [book, _seen], _clock, NullLogger<LedgerReader>.Instance);

        await reader.StartAsync(CancellationToken.None);
        await reader.ReachedAsync(2, CancellationToken.None).WaitAsync(Soon);
        await reader.StopAsync(CancellationToken.None);

        Assert.Equal(["p-1"], book.Recent.Select(execution => execution.Id));
        Assert.Equal([1, 2], _seen.Positions);
    }

    [Fact]
    public async Task Reading_that_stopped_goes_on_after_the_last_entry()
    {
        await RecordAsync("p-1", new ExecutionEvent.Requested(Runs.Preview));
        await RecordAsync("p-1", new ExecutionEvent.Confirmed("a click", null));
        var flaky = new FlakyStore(_store);
        using var reader = new LedgerReader(flaky, [_seen], _clock, NullLogger<LedgerReader>.Instance);

        await reader.StartAsync(CancellationToken.None);
        await flaky.Broke.Task.WaitAsync(Soon);
        await Eventually.TrueAsync(() => _clock.PendingTimers > 0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await reader.ReachedAsync(2, CancellationToken.None).WaitAsync(Soon);
        await reader.StopAsync(CancellationToken.None);

        Assert.Equal([1, 2], _seen.Positions);
        Assert.Equal([1, 2], flaky.From);
    }

    [Fact]
    public async Task Waiting_for_an_entry_ends_with_its_token()
    {
        using var reader = new LedgerReader(_store, [_seen], _clock, NullLogger<LedgerReader>.Instance);
        using var gone = new CancellationTokenSource();
        var waiting = reader.ReachedAsync(1, gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task RecordAsync(string id, ExecutionEvent fact) =>
        _store.AppendAsync(new StreamId(Ledger.ExecutionKind, id), null, [Ledger.Write(fact, Runs.Sam)], CancellationToken.None);

    private sealed class SeenEntries : ILedgerView
    {
        public List<long> Positions { get; } = [];

        public void Apply(StoredEvent entry) => Positions.Add(entry.Position);
    }

    /// <summary>Breaks once, after the first entry.</summary>
    private sealed class FlakyStore(MemoryEventStore store) : IEventStore
    {
        public TaskCompletionSource Broke { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<long> From { get; } = [];

        public async IAsyncEnumerable<StoredEvent> FollowAsync(long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            From.Add(fromPosition);
            await foreach (var entry in store.FollowAsync(fromPosition, cancellationToken))
            {
                yield return entry;
                if (From.Count > 1) continue;
                Broke.SetResult();
                throw new LedgerCorruptException(2, "cannot be read");
            }
        }

        public Task<AppendResult> AppendAsync(
            StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, string? idempotencyKey, CancellationToken cancellationToken) =>
            store.AppendAsync(stream, expectedVersion, events, idempotencyKey, cancellationToken);

        public Task<IReadOnlyList<StoredEvent>> ReadStreamAsync(StreamId stream, CancellationToken cancellationToken) =>
            store.ReadStreamAsync(stream, cancellationToken);

        public IAsyncEnumerable<StoredEvent> ReadLedgerAsync(long fromPosition, CancellationToken cancellationToken) =>
            store.ReadLedgerAsync(fromPosition, cancellationToken);

        public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) => store.ReadHeadAsync(cancellationToken);
    }
}
