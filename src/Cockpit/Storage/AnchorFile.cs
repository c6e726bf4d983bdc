using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>What a file of anchors holds.</summary>
/// <param name="Anchors">The anchors, in the order of the file.</param>
/// <param name="UnreadableLines">The numbers, from 1, of lines that are neither empty nor hold an anchor.</param>
public sealed record AnchorFile(IReadOnlyList<AuditAnchor> Anchors, IReadOnlyList<int> UnreadableLines)
{
    /// <summary>Reads an anchor file, or log lines that were saved to a file.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<AnchorFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var anchors = new List<AuditAnchor>();
        var unreadable = new List<int>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (AuditAnchor.FindIn(line) is { } anchor) anchors.Add(anchor);
            else if (!string.IsNullOrWhiteSpace(line)) unreadable.Add(number);
        }

        return new AnchorFile(anchors, unreadable);
    }
}
