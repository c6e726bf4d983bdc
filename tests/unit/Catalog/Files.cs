using System.Collections.Immutable;
using System.Text;
using Cockpit.Catalog;

namespace Cockpit.Tests.Catalog;

/// <summary>Catalogs for tests: the repository's own, and small ones given as text.</summary>
internal static class Files
{
    public static string Root { get; } = FindRoot();

    public static string OwnCatalog { get; } = Path.Combine(Root, "catalog");

    public static ImmutableArray<CatalogFile> Own { get; } = CatalogFile.In(OwnCatalog)!.Value;

    public static CatalogFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), null);

    public static CatalogLoad Load(params (string Path, string Text)[] files) => CatalogLoader.Load([.. files.Select(file => File(file.Path, file.Text))]);

    /// <summary>The own catalog with one file changed.</summary>
    public static CatalogLoad LoadWith(string path, Func<string, string> change) => CatalogLoader.Load(
        [.. Own.Select(file => file.Path == path ? File(path, change(Encoding.UTF8.GetString(file.Bytes!))) : file)]);

    /// <summary>The text with one occurrence replaced; fails when it does not occur, so that a test cannot pass for a wrong reason.</summary>
    public static string Swap(this string text, string from, string to)
    {
        var index = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(index >= 0, $"'{from}' does not occur");
        return string.Concat(text.AsSpan(0, index), to, text.AsSpan(index + from.Length));
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "Cockpit.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
