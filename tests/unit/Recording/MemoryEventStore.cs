using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Recording;

/// <summary>What becomes of one append.</summary>
internal enum AppendFault
{
    None,

    /// <summary>The storage fails before anything is recorded.</summary>
    LostBefore,

    /// <summary>It is recorded, but the answer is lost.</summary>
    LostAfter,

    /// <summary>The process ends before anything is recorded.</summary>
    CrashBefore,

    /// <summary>It is recorded, and then the process ends.</summary>
    CrashAfter,
}

/// <summary>The process ended here: nobody may catch this.</summary>
internal sealed class CrashException : Exception;

/// <summary>A ledger in memory that fails where a test tells it to.</summary>
internal sealed class MemoryEventStore(TimeProvider clock) : IEventStore
{
    public const string Reason = "The disk of the database is full.";

    private readonly Lock _lock = new();
    private ImmutableArray<StoredEvent> _entries = [];
    private TaskCompletionSource _grown = NewSignal();
    private int _appends;
    private int _refused;

    public bool IsDown { get; set; }

    /// <summary>Appends that found it down.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>The fault of the n-th append, counted from 1.</summary>
    public Func<int, AppendFault> Fault { get; set; } = _ => AppendFault.None;

    /// <summary>Called before the n-th append: somebody else's chance to be faster.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    public ImmutableArray<StoredEvent> Entries
    {
        get { lock (_lock) return _entries; }
    }

    public IEnumerable<string> Types => Entries.Select(entry => entry.Type);

    public async Task<AppendResult> AppendAsync(
        StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, string? idempotencyKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref _appends);
        await Before(number);
        var fault = IsDown ? AppendFault.LostBefore : Fault(number);
        if (fault == AppendFault.CrashBefore) throw new CrashException();
        if (IsDown) Interlocked.Increment(ref _refused);
        if (fault == AppendFault.LostBefore) throw new StorageUnavailableException(Reason);
        var result = Append(stream, expectedVersion, events, idempotencyKey);
        return fault switch
        {
            AppendFault.CrashAfter => throw new CrashException(),
            AppendFault.LostAfter => throw new StorageUnavailableException(Reason, mayHaveBeenRecorded: true),
            _ => result,
        };
    }

    public Task<IReadOnlyList<StoredEvent>> ReadStreamAsync(StreamId stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfDown();
        return Task.FromResult<IReadOnlyList<StoredEvent>>([.. Entries.Where(entry => entry.Stream == stream)]);
    }

    public async IAsyncEnumerable<StoredEvent> ReadLedgerAsync(long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDown();
        await Task.CompletedTask;
        foreach (var entry in Entries.Where(entry => entry.Position >= fromPosition)) yield return entry;
    }

    public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        ThrowIfDown();
        var entries = Entries;
        return Task.FromResult(entries.IsEmpty ? LedgerHead.Empty : new LedgerHead(entries.Length, entries[^1].Hash));
    }

    public async IAsyncEnumerable<StoredEvent> FollowAsync(long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = (int)fromPosition; ; next++)
        {
            Task grown;
            StoredEvent? entry;
            do
            {
                lock (_lock) (entry, grown) = (next <= _entries.Length ? _entries[next - 1] : null, _grown.Task);
                if (entry is null) await grown.WaitAsync(cancellationToken);
            }
            while (entry is null);
            yield return entry;
        }
    }

    private AppendResult Append(StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, string? idempotencyKey)
    {
        TaskCompletionSource grown;
        AppendResult result;
        lock (_lock)
        {
            var existing = _entries.Where(entry => idempotencyKey is not null && entry.IdempotencyKey == idempotencyKey && entry.Stream.Kind == stream.Kind).ToList();
            if (existing.Count > 0) return new AppendResult.AlreadyRecorded(existing);
            var version = _entries.LongCount(entry => entry.Stream == stream);
            if (expectedVersion is not null && expectedVersion != version) return new AppendResult.VersionConflict(version);
            var first = _entries.Length + 1;
            foreach (var fact in events)
            {
                _entries = _entries.Add(new StoredEvent(_entries.Length + 1, stream, ++version, fact.Type, fact.Payload, fact.Actor,
                    clock.GetUtcNow(), idempotencyKey, LedgerHash.Genesis, LedgerHash.Genesis));
            }

            result = new AppendResult.Appended(version, first, _entries.Length);
            (grown, _grown) = (_grown, NewSignal());
        }

        grown.SetResult();
        return result;
    }

    private void ThrowIfDown()
    {
        if (IsDown) throw new StorageUnavailableException(Reason);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
