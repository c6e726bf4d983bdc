using System.Text;
using Cockpit.UseCases.Recording;

namespace Cockpit.Storage;

/// <summary>Appends anchors to a file, one line each, synced to the disk. Without a path it keeps nothing.</summary>
internal sealed class FileAnchorSink(string? path) : IAnchorSink
{
    public async Task WriteAsync(AuditAnchor anchor, CancellationToken cancellationToken)
    {
        if (path is null) return;
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        // A line that a crash cut short stays a line of its own.
        var line = anchor.ToLine() + "\n";
        if (await EndsInsideLineAsync(file, cancellationToken)) line = "\n" + line;
        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    private static async Task<bool> EndsInsideLineAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0) return false;
        file.Seek(-1, SeekOrigin.End);
        var last = new byte[1];
        await file.ReadExactlyAsync(last, cancellationToken);
        return last[0] != (byte)'\n';
    }
}
