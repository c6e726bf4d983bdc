using System.Collections.Immutable;
using System.Data.Common;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>Turns rows of the ledger into entries and back.</summary>
internal static class LedgerRow
{
    public const string Select =
        """
        SELECT position, stream_kind, stream_id, version, type, payload, actor_id, actor_name, actor_roles, actor_is_person,
               recorded_at_us, idempotency_key, previous_hash, hash
        FROM ledger
        """;

    public const string Insert =
        """
        INSERT INTO ledger (position, stream_kind, stream_id, version, type, payload, actor_id, actor_name, actor_roles, actor_is_person,
                            recorded_at_us, idempotency_key, previous_hash, hash)
        VALUES (@position, @kind, @id, @version, @type, @payload, @actorId, @actorName, @roles, @isPerson,
                @recordedAt, @idempotencyKey, @previousHash, @hash)
        """;

    public static object ToParameters(StoredEvent entry) => new
    {
        position = entry.Position,
        kind = entry.Stream.Kind,
        id = entry.Stream.Id,
        version = entry.Version,
        type = entry.Type,
        payload = entry.Payload,
        actorId = entry.Actor.Id,
        actorName = entry.Actor.Name,
        roles = LedgerEncoding.WriteRoles(entry.Actor.Roles),
        isPerson = entry.Actor.IsPerson ? 1L : 0L,
        recordedAt = LedgerEncoding.ToMicroseconds(entry.RecordedAt),
        idempotencyKey = entry.IdempotencyKey,
        previousHash = entry.PreviousHash.ToString(),
        hash = entry.Hash.ToString(),
    };

    /// <exception cref="LedgerCorruptException">The row was not written by <see cref="Insert"/>.</exception>
    public static StoredEvent Read(DbDataReader row)
    {
        var position = row.GetInt64(0);
        try
        {
            return new StoredEvent(
                position,
                new StreamId(row.GetString(1), row.GetString(2)),
                row.GetInt64(3),
                row.GetString(4),
                row.GetString(5),
                new Actor(row.GetString(6), row.GetString(7), ReadRoles(row.GetString(8)), ReadFlag(row.GetInt64(9))),
                LedgerEncoding.FromMicroseconds(row.GetInt64(10)),
                row.IsDBNull(11) ? null : row.GetString(11),
                LedgerHash.Parse(row.GetString(12)),
                LedgerHash.Parse(row.GetString(13)));
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or InvalidCastException or OverflowException or InvalidOperationException)
        {
            throw new LedgerCorruptException(position, "was changed: it cannot be read as an entry", unreadable);
        }
    }

    private static ImmutableHashSet<Role> ReadRoles(string roles)
    {
        var read = roles.Length == 0
            ? []
            : roles.Split(',').Select(name => Enum.Parse<Role>(name, ignoreCase: true)).ToImmutableHashSet();

        // Any other spelling of the same roles is an edit that the hash, taken over the one spelling, would not show.
        return LedgerEncoding.WriteRoles(read) == roles ? read : throw new FormatException("Roles are not written as they are recorded.");
    }

    private static bool ReadFlag(long flag) => flag switch
    {
        0 => false,
        1 => true,
        _ => throw new FormatException("A flag is 0 or 1."),
    };
}
