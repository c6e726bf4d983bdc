namespace Cockpit.E2E.Support;

/// <summary>Places in the working copy that the tests were built from.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static readonly string Screenshots = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Cockpit.sln"))) return folder.FullName;
        throw new InvalidOperationException("Cockpit.sln is in none of the folders above the tests.");
    }
}
