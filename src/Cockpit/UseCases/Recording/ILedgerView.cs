namespace Cockpit.UseCases.Recording;

/// <summary>Something that is computed from the ledger and kept in memory. Entries come one at a time and in order.</summary>
public interface ILedgerView
{
    /// <summary>Takes one more entry in; entries of no interest are passed over.</summary>
    void Apply(StoredEvent entry);
}
