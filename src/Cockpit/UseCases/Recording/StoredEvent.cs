using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Recording;

/// <summary>One entry of the ledger. Never changes once read.</summary>
/// <param name="Position">Its place in the whole ledger: 1, 2, 3 ... without gaps, in the order of commits.</param>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="Version">Its place in the stream: 1, 2, 3 ... without gaps.</param>
/// <param name="Type">The stable name of what happened.</param>
/// <param name="Payload">The details, as the JSON that was recorded.</param>
/// <param name="Actor">Who did it, with the roles held then.</param>
/// <param name="RecordedAt">The recording instance's clock, UTC, in whole microseconds. May go back; order by <paramref name="Position"/>.</param>
/// <param name="IdempotencyKey">The key of the append it came with, if there was one.</param>
/// <param name="PreviousHash">The hash of the entry before it; <see cref="LedgerHash.Genesis"/> for the first.</param>
/// <param name="Hash">The hash of this entry as <see cref="LedgerEncoding"/> defines it.</param>
public sealed record StoredEvent(
    long Position,
    StreamId Stream,
    long Version,
    string Type,
    string Payload,
    Actor Actor,
    DateTimeOffset RecordedAt,
    string? IdempotencyKey,
    LedgerHash PreviousHash,
    LedgerHash Hash);

/// <summary>The end of the ledger.</summary>
/// <param name="Position">The newest position; 0 when nothing has been recorded.</param>
/// <param name="Hash">Its hash; <see cref="LedgerHash.Genesis"/> when nothing has been recorded.</param>
public sealed record LedgerHead(long Position, LedgerHash Hash)
{
    /// <summary>The head of a ledger without entries.</summary>
    public static readonly LedgerHead Empty = new(0, LedgerHash.Genesis);
}
