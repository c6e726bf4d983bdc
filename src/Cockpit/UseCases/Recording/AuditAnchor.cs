using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cockpit.UseCases.Recording;

/// <summary>A head of the ledger, kept outside the storage: what was recorded up to it can no longer be rewritten unnoticed.</summary>
/// <param name="Position">The newest position then; at least 1.</param>
/// <param name="Hash">The hash of the entry there.</param>
/// <param name="At">When the head was read.</param>
public sealed record AuditAnchor(long Position, LedgerHash Hash, DateTimeOffset At)
{
    private const string Opening = "{\"position\":";

    /// <summary>One line of JSON, as it goes into anchor files and log lines.</summary>
    public string ToLine() =>
        JsonSerializer.Serialize(new Line(Position, Hash.ToString(), At.ToString("O", CultureInfo.InvariantCulture)));

    /// <summary>Finds an anchor in a line of an anchor file or of a log, whatever stands before and after it.</summary>
    /// <returns>Null when the line holds none.</returns>
    public static AuditAnchor? FindIn(string text)
    {
        var start = text.IndexOf(Opening, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf('}', start);
        if (end < 0) return null;
        try
        {
            var line = JsonSerializer.Deserialize<Line>(text.AsSpan(start, end - start + 1));
            if (line is not { Position: > 0, Hash: not null, At: not null }) return null;
            return new AuditAnchor(line.Position, LedgerHash.Parse(line.Hash), DateTimeOffset.Parse(line.At, CultureInfo.InvariantCulture));
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record Line(
        [property: JsonPropertyName("position")] long Position,
        [property: JsonPropertyName("hash")] string? Hash,
        [property: JsonPropertyName("at")] string? At);
}

/// <summary>A place outside the storage that keeps anchors: a file, the log, somebody else's server.</summary>
public interface IAnchorSink
{
    /// <summary>Keeps one anchor.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    Task WriteAsync(AuditAnchor anchor, CancellationToken cancellationToken);
}
