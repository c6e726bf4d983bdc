using System.Globalization;

namespace Cockpit.UseCases.Recording;

/// <summary>Proves that nothing in the ledger was edited, removed, inserted or reordered.</summary>
public static class AuditVerification
{
    /// <summary>Reads the whole ledger and compares it with itself and with anchors kept elsewhere.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="anchors">Anchors in any order; without them a ledger that was rewritten or shortened as a whole looks intact.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<AuditVerdict> VerifyAsync(
        IEventStore store, IReadOnlyCollection<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        var anchorsAt = anchors.ToLookup(anchor => anchor.Position);
        var head = LedgerHead.Empty;
        try
        {
            // From the lowest number there is: an entry slipped in before the first must be seen too.
            await foreach (var entry in store.ReadLedgerAsync(long.MinValue, cancellationToken))
            {
                if (FindFault(head, entry) is { } fault) return fault;
                if (anchorsAt[entry.Position].FirstOrDefault(anchor => anchor.Hash != entry.Hash) is { } stray)
                    return new AuditVerdict.AnchorMismatch(stray, entry.Hash);
                head = new LedgerHead(entry.Position, entry.Hash);
            }
        }
        catch (LedgerCorruptException corrupt)
        {
            return new AuditVerdict.Broken(corrupt.Position, corrupt.Reason);
        }

        var beyond = anchors.Where(anchor => anchor.Position > head.Position).MinBy(anchor => anchor.Position);
        return beyond is null
            ? new AuditVerdict.Intact(head.Position, head, anchors.Count)
            : new AuditVerdict.AnchorMismatch(beyond, null);
    }

    private static AuditVerdict.Broken? FindFault(LedgerHead before, StoredEvent entry)
    {
        var expected = before.Position + 1;
        if (entry.Position > expected)
            return new(expected, string.Create(CultureInfo.InvariantCulture, $"is missing: {entry.Position} comes after {before.Position}"));
        if (entry.Position < expected) return new(entry.Position, "stands before the beginning");
        if (entry.PreviousHash != before.Hash) return new(entry.Position, "does not follow the entry before it");
        if (LedgerEncoding.Hash(entry) != entry.Hash) return new(entry.Position, "was changed: its content does not match its hash");
        return null;
    }
}
