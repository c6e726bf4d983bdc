using System.Runtime.CompilerServices;
using System.Text.Json;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Auditing;

/// <summary>What to look for in the ledger. Empty parts match everything.</summary>
/// <param name="Text">Looked for, whatever its case, in actor, stream, type and payload.</param>
/// <param name="Before">Only entries before this position; null for the newest.</param>
public sealed record AuditQuery(string Text, long? Before);

/// <summary>A page of the ledger, the newest entry first.</summary>
/// <param name="Entries">What matched.</param>
/// <param name="More">True when older entries may match too.</param>
public sealed record AuditPage(IReadOnlyList<StoredEvent> Entries, bool More);

/// <summary>Reads the ledger for people. Looking is open to whoever may look at the cockpit; nothing here can change it.</summary>
public sealed class AuditTrail(IEventStore store, IAnchorArchive anchors)
{
    public const int PageSize = 100;

    /// <summary>The newest matching entries.</summary>
    /// <exception cref="StorageUnavailableException">The ledger cannot be read.</exception>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var newest = new Queue<StoredEvent>(PageSize + 1);
        var dropped = false;
        await foreach (var entry in ReadAsync(query.Text, cancellationToken))
        {
            if (entry.Position >= query.Before) break;
            newest.Enqueue(entry);
            if (newest.Count <= PageSize) continue;
            newest.Dequeue();
            dropped = true;
        }

        return new AuditPage([.. newest.Reverse()], dropped);
    }

    /// <summary>Every matching entry, oldest first; all of them when the text is empty.</summary>
    /// <exception cref="StorageUnavailableException">The ledger cannot be read.</exception>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ReadLedgerAsync(1, cancellationToken))
            if (Matches(entry, text)) yield return entry;
    }

    /// <summary>Checks the chain from its first entry to its last, and against the anchors kept outside.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken) =>
        await AuditVerification.VerifyAsync(store, await anchors.ReadAsync(cancellationToken), cancellationToken);

    /// <summary>What an entry says, in a line.</summary>
    public static string Describe(StoredEvent entry)
    {
        using var payload = JsonDocument.Parse(entry.Payload);
        var root = payload.RootElement;
        string? Text(params string[] path)
        {
            var at = root;
            foreach (var step in path)
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at)) return null;
            return at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.Null => null, _ => at.GetRawText() };
        }

        return entry.Type switch
        {
            "execution.requested" => $"{Text("preview", "title")} on {Text("preview", "target")}",
            "execution.confirmed" => $"{Text("way")}{(Text("reason") is { } reason ? $", because “{reason}”" : "")}",
            Ledger.QuestionAnswered => $"{entry.Stream.Id}: {(Text("yes") == "true" ? "yes" : "no")}",
            "execution.dispatch-intended" => $"about to be sent, as change {Text("fencingToken")} of the target",
            "execution.approval-asked" => $"another person’s approval, until {Text("until")}",
            "execution.held-back" => $"until {Text("until")}",
            "execution.paged" => root.TryGetProperty("reached", out var reached) && reached.GetArrayLength() > 0
                ? string.Join(", ", reached.EnumerateArray().Select(name => name.GetString()))
                : $"nobody: {Text("failure") ?? "there is nobody to page"}",
            "execution.recovered" => "the measured exit criteria hold",
            Maintaining.MaintenanceBook.DeclaredName => $"“{Text("title")}”, {Text("startAt")} to {Text("endAt")}",
            Ledger.TargetClaimed => $"for execution {Text("execution")?[..8]}",
            _ => Text("reason") ?? Text("evidence") ?? Text("execution") ?? "",
        };
    }

    private static bool Matches(StoredEvent entry, string text) =>
        text.Length == 0
        || entry.Actor.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || entry.Type.Contains(text, StringComparison.OrdinalIgnoreCase)
        || entry.Stream.ToString().Contains(text, StringComparison.OrdinalIgnoreCase)
        || entry.Payload.Contains(text, StringComparison.OrdinalIgnoreCase);
}
