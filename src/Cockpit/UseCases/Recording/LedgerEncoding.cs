using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Recording;

/// <summary>The bytes of a ledger entry over which its SHA-256 hash is taken.</summary>
/// <remarks>
/// In this order, with integers as 64-bit two's complement big-endian and text as the 64-bit count of its UTF-8 bytes followed by
/// those bytes:
/// <list type="number">
/// <item>the text <c>cockpit-ledger-1</c>;</item>
/// <item>the previous entry's hash, 32 bytes (zeros for the first entry);</item>
/// <item>position, stream kind, stream id, version, type, payload;</item>
/// <item>actor id, actor name, actor roles (lower-case names in ordinal order, joined by commas), 1 for a person or else 0;</item>
/// <item>recorded-at, in microseconds since 1970-01-01T00:00:00Z;</item>
/// <item>0 where there is no idempotency key, or 1 followed by the key as text.</item>
/// </list>
/// Every text carries its length, so no two different entries share an encoding.
/// </remarks>
public static class LedgerEncoding
{
    private const string Format = "cockpit-ledger-1";

    /// <summary>Computes the hash of an entry from everything in it except <see cref="StoredEvent.Hash"/>.</summary>
    public static LedgerHash Hash(StoredEvent entry)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(sha, Format);
        sha.AppendData(entry.PreviousHash.ToBytes());
        AppendNumber(sha, entry.Position);
        AppendText(sha, entry.Stream.Kind);
        AppendText(sha, entry.Stream.Id);
        AppendNumber(sha, entry.Version);
        AppendText(sha, entry.Type);
        AppendText(sha, entry.Payload);
        AppendText(sha, entry.Actor.Id);
        AppendText(sha, entry.Actor.Name);
        AppendText(sha, WriteRoles(entry.Actor.Roles));
        AppendNumber(sha, entry.Actor.IsPerson ? 1 : 0);
        AppendNumber(sha, ToMicroseconds(entry.RecordedAt));
        AppendNumber(sha, entry.IdempotencyKey is null ? 0 : 1);
        if (entry.IdempotencyKey is not null) AppendText(sha, entry.IdempotencyKey);
        return LedgerHash.FromBytes(sha.GetHashAndReset());
    }

    /// <summary>Microseconds since 1970-01-01T00:00:00Z, rounded down.</summary>
    public static long ToMicroseconds(DateTimeOffset at) =>
        (long)Math.Floor((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (decimal)TimeSpan.TicksPerMicrosecond);

    /// <summary>The instant that many microseconds after 1970-01-01T00:00:00Z.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));

    /// <summary>Roles as they are stored and hashed. The names of <see cref="Role"/> are therefore never renamed.</summary>
    public static string WriteRoles(IEnumerable<Role> roles) =>
        string.Join(',', roles.Select(role => role.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal));

    private static void AppendNumber(IncrementalHash sha, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        sha.AppendData(bytes);
    }

    private static void AppendText(IncrementalHash sha, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AppendNumber(sha, bytes.Length);
        sha.AppendData(bytes);
    }
}
