using System.Collections.Immutable;
using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog;

/// <summary>A file of a catalog as bytes, or why it could not be read.</summary>
internal sealed record CatalogFile(string Path, byte[]? Bytes, string? Failure)
{
    /// <summary>Files beyond this are not read: a catalog is written by hand.</summary>
    private const int MostFiles = 2000;

    private static readonly string[] Endings = [".yaml", ".yml", ".json", ".md"];

    /// <summary>The files of a directory in the order of their names; null when there is no such directory.</summary>
    public static ImmutableArray<CatalogFile>? In(string directory)
    {
        if (!Directory.Exists(directory)) return null;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        return
        [
            .. Directory.EnumerateFiles(directory, "*", options)
                .Where(path => Endings.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant()))
                .Select(path => System.IO.Path.GetRelativePath(directory, path).Replace('\\', '/'))
                .Where(path => !path.StartsWith("schemas/", StringComparison.Ordinal) && !path.Split('/').Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal)
                .Take(MostFiles)
                .Select(path => Read(directory, path)),
        ];
    }

    private static CatalogFile Read(string directory, string path)
    {
        var full = System.IO.Path.Combine(directory, path);
        try
        {
            using var stream = File.OpenRead(full);
            if (stream.Length > Decoding.MaxBytes) return new CatalogFile(path, null, $"the file has {stream.Length} bytes, at most {Decoding.MaxBytes} are read");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new CatalogFile(path, bytes, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new CatalogFile(path, null, $"the file cannot be read: {failure.Message}");
        }
    }
}
