using System.Globalization;

namespace Cockpit.UseCases.Recording;

/// <summary>What an audit of the ledger found.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict() { }

    /// <summary>The finding as one sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>Every entry matches its hash and follows the one before, and every anchor agrees.</summary>
    /// <param name="Count">The number of entries.</param>
    /// <param name="Head">The end of the ledger.</param>
    /// <param name="AnchorsChecked">The number of anchors compared; entries after the last of them rest on the chain alone.</param>
    public sealed record Intact(long Count, LedgerHead Head, int AnchorsChecked) : AuditVerdict
    {
        /// <inheritdoc/>
        public override string Sentence => string.Create(
            CultureInfo.InvariantCulture, $"Intact: {Count} entries, {AnchorsChecked} anchors agree, head {Head.Position} {Head.Hash}.");
    }

    /// <summary>The chain is broken.</summary>
    /// <param name="Position">The first position at which it does not hold.</param>
    /// <param name="Reason">What is wrong, to follow the words "entry n".</param>
    public sealed record Broken(long Position, string Reason) : AuditVerdict
    {
        /// <inheritdoc/>
        public override string Sentence => string.Create(CultureInfo.InvariantCulture, $"Broken: entry {Position} {Reason}.");
    }

    /// <summary>The chain holds in itself but is not the one that was anchored: it was cut off or written anew.</summary>
    /// <param name="Anchor">The first anchor that disagrees.</param>
    /// <param name="Found">The hash at its position, or null when the ledger ends before.</param>
    public sealed record AnchorMismatch(AuditAnchor Anchor, LedgerHash? Found) : AuditVerdict
    {
        /// <inheritdoc/>
        public override string Sentence => string.Create(
            CultureInfo.InvariantCulture,
            $"Anchor mismatch: on {Anchor.At:u} entry {Anchor.Position} was {Anchor.Hash}, now {(Found is null ? "the ledger ends before it" : $"it is {Found}")}.");
    }
}
