using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Cockpit.Catalog;

/// <summary>Loads and checks a catalog. One bad file never hides what is wrong in another.</summary>
public static class CatalogLoader
{
    /// <summary>Loads all files of a directory.</summary>
    /// <remarks>Whatever the files hold, this returns; it throws only when the directory itself cannot be listed.</remarks>
    public static CatalogLoad Load(string directory)
    {
        if (CatalogFile.In(directory) is { } files) return Load(files);
        var missing = new CatalogError(directory, 1, 1, "", "there is no such directory", "a directory of catalog files");
        return new CatalogLoad(new PlatformCatalog { Version = VersionOf([]) }, [missing], []);
    }

    internal static CatalogLoad Load(ImmutableArray<CatalogFile> files)
    {
        var reading = new CatalogReading();
        foreach (var file in files.OrderBy(file => Rank(file.Path))) reading.Read(file);
        if (files.IsEmpty) reading.Nothing();
        return reading.Finish(VersionOf(files));
    }

    /// <summary>Signals first: what refers to them checks its units against theirs.</summary>
    private static int Rank(string path) => path == "signals.yaml" ? 0 : 1;

    private static string VersionOf(ImmutableArray<CatalogFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Path));
            hash.AppendData([0]);
            hash.AppendData(SHA256.HashData(file.Bytes ?? []));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
