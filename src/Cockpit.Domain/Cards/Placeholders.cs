using System.Text.RegularExpressions;

namespace Cockpit.Domain.Cards;

/// <summary>References of the form <c>{name}</c> in targets, parameters and commands.</summary>
/// <remarks>A name is lower case letters, digits, dashes and underscores and starts with a letter, so JSON braces are no placeholder.</remarks>
public static partial class Placeholders
{
    /// <summary>The names referred to, in order of appearance.</summary>
    public static IEnumerable<string> NamesIn(string text) => Pattern().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>The text with every known name replaced; unknown ones stay.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Pattern().Replace(text, match => values.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    [GeneratedRegex(@"\{([a-z][a-z0-9_-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
