namespace Cockpit.Catalog.Export;

/// <summary>Writes a catalog's OpenSLO objects as one multi-document file; reading it gives the same objects again.</summary>
public static class OpenSloExport
{
    public static string Write(PlatformCatalog catalog)
    {
        using var to = new StringWriter { NewLine = "\n" };
        foreach (var found in catalog.OpenSloObjects)
        {
            to.Write("---\n");
            YamlText.Write(to, found.Document);
        }

        return to.ToString();
    }
}
