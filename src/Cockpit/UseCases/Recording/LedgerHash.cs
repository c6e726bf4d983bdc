using System.Security.Cryptography;

namespace Cockpit.UseCases.Recording;

/// <summary>A SHA-256 hash, written as 64 lower-case hexadecimal digits. Equal when the digits are.</summary>
public sealed record LedgerHash
{
    private const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>What the first entry names as its predecessor: all zeros.</summary>
    public static readonly LedgerHash Genesis = new(new string('0', Digits));

    private readonly string _hex;

    private LedgerHash(string hex) => _hex = hex;

    /// <summary>Takes the 32 bytes of a SHA-256 hash.</summary>
    public static LedgerHash FromBytes(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != SHA256.HashSizeInBytes) throw new ArgumentException("A ledger hash is 32 bytes.", nameof(hash));
        return new LedgerHash(Convert.ToHexStringLower(hash));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is not 64 lower-case hexadecimal digits.</exception>
    public static LedgerHash Parse(string text)
    {
        if (text.Length != Digits || !text.All(char.IsAsciiHexDigitLower))
            throw new FormatException("A ledger hash is 64 lower-case hexadecimal digits.");
        return new LedgerHash(text);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(_hex);

    /// <inheritdoc/>
    public override string ToString() => _hex;
}
