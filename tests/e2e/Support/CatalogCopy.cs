namespace Cockpit.E2E.Support;

/// <summary>The repository's catalog with changes, in a folder that goes with its owner.</summary>
internal sealed class CatalogCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cockpit-catalog-");

    /// <param name="change">Makes of a file, by its name without folders, and its text what the copy holds.</param>
    public CatalogCopy(Func<string, string, string> change) => Copy(new DirectoryInfo(Repository.File("catalog")), _folder, change);

    /// <summary>The setting that names it.</summary>
    public string[] Setting => ["--Catalog:Directory", _folder.FullName];

    /// <summary>
    /// Figures look back a quarter of a minute and steps are seconds apart, so that nobody waits for a window to empty. Everything else, thresholds
    /// among it, is as it ships.
    /// </summary>
    public static CatalogCopy InAHurry() => new((name, text) => name switch
    {
        "signals.yaml" => text.Replace("[1m]", "[15s]", StringComparison.Ordinal),
        "5-planned-maintenance.md" => text.Replace("pause: 30s", "pause: 4s", StringComparison.Ordinal).Replace("pause: 60s", "pause: 4s", StringComparison.Ordinal),
        _ => text,
    });

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(DirectoryInfo from, DirectoryInfo to, Func<string, string, string> change)
    {
        foreach (var folder in from.EnumerateDirectories()) Copy(folder, to.CreateSubdirectory(folder.Name), change);
        foreach (var file in from.EnumerateFiles()) File.WriteAllText(Path.Combine(to.FullName, file.Name), change(file.Name, File.ReadAllText(file.FullName)));
    }
}
