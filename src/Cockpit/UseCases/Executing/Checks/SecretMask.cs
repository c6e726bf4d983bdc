using System.Text.RegularExpressions;

namespace Cockpit.UseCases.Executing.Checks;

/// <summary>Takes out of a line of text what looks like a secret. It masks rather too much than too little.</summary>
public static partial class SecretMask
{
    private const string Mask = "•••";

    /// <summary>The line without its secrets.</summary>
    public static string Of(string line) =>
        Bearer().Replace(InAddress().Replace(Named().Replace(line, $"$1$2{Mask}"), $"$1{Mask}@"), $"$1 {Mask}");

    // password=…  "apiKey": "…"  AUTH_TOKEN: …  --secret …
    [GeneratedRegex("""([\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization)[\w.-]*["']?)(\s*[=:]\s*["']?|\s+)(?!Bearer\b|Basic\b)[^\s"',;&]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    // postgres://user:…@host
    [GeneratedRegex(@"(\w+://[^\s:/@]+:)[^\s@]+@", RegexOptions.CultureInvariant)]
    private static partial Regex InAddress();

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();
}
