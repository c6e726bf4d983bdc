using System.Text;

namespace Cockpit.Catalog.Reading;

/// <summary>Enumerations as catalog files spell them: kebab case, except where a format has its own words.</summary>
internal static class Words
{
    public static bool TryParse<T>(string text, out T member)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Word(candidate.ToString()) != text) continue;
            member = candidate;
            return true;
        }

        member = default;
        return false;
    }

    public static string Of<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(Word));

    public static string Word(string member)
    {
        if (member == "PatchConfigMap") return "patch-configmap";
        if (member == "ConfigMap") return "configmap";
        var word = new StringBuilder(member.Length + 4);
        foreach (var letter in member)
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0) word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
