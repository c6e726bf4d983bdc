using System.Globalization;

namespace Cockpit.UseCases.Recording;

/// <summary>A ledger entry cannot be read as one: somebody changed it by another way than recording.</summary>
public sealed class LedgerCorruptException(long position, string reason, Exception? innerException = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"Ledger entry {position} {reason}."), innerException)
{
    /// <summary>The position of the entry.</summary>
    public long Position { get; } = position;

    /// <summary>What is wrong, to follow the words "entry n".</summary>
    public string Reason { get; } = reason;
}
