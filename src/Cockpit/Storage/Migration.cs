using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Cockpit.Storage;

/// <summary>One step of the schema, embedded as <c>migrations/Dialect/0001_name.sql</c>.</summary>
internal sealed record Migration(long Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text with line ends normalised, so that a checkout with other line ends is the same migration.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    public static IReadOnlyList<Migration> LoadEmbedded(string dialect)
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = $"migrations/{dialect}/";
        return [.. assembly.GetManifestResourceNames()
            .Select(resource => resource.Replace('\\', '/'))
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource, resource[prefix.Length..]))
            .OrderBy(migration => migration.Number)];
    }

    private static Migration Read(Assembly assembly, string resource, string fileName)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var name = Path.GetFileNameWithoutExtension(fileName);
        return new Migration(long.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}

/// <summary>The database's schema is not one that this version may work with. Restarting does not help.</summary>
internal sealed class MigrationRefusedException(string message) : Exception(message);
