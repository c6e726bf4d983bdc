namespace Cockpit.Catalog.Reading;

/// <summary>A first look at a PromQL expression: enough to catch what a slip of the editor breaks, not a parser.</summary>
internal static class PromQl
{
    private const int Longest = 8000;

    /// <summary>What is evidently wrong, or null.</summary>
    public static string? Problem(string query)
    {
        if (string.IsNullOrWhiteSpace(query)) return "the query is empty";
        if (query.Length > Longest) return $"the query has {query.Length} characters";
        var open = new Stack<char>();
        for (var index = 0; index < query.Length; index++)
        {
            var letter = query[index];
            if (letter is '"' or '\'' or '`')
            {
                index = EndOfText(query, index);
                if (index < 0) return "the query has a text that does not end";
            }
            else if (letter is '(' or '{' or '[')
            {
                open.Push(letter);
            }
            else if (letter is ')' or '}' or ']')
            {
                if (open.Count == 0 || !Pair(open.Pop(), letter)) return $"the query has a '{letter}' that closes nothing";
            }
            else if (char.IsControl(letter) && letter is not ('\n' or '\t'))
            {
                return "the query holds a control character";
            }
        }

        if (open.Count > 0) return $"the query has a '{open.Peek()}' that is not closed";
        return query.TrimEnd()[^1] is '+' or '-' or '*' or '/' or '<' or '>' or '=' or ',' or '!' or '~' ? "the query breaks off" : null;
    }

    /// <summary>Whether the query is a bare selector, so that a range can be put behind it.</summary>
    public static bool IsSelector(string query)
    {
        var text = query.Trim();
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        var name = brace < 0 ? text : text[..brace].TrimEnd();
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or ':')) return false;
        if (brace < 0) return name.Length > 0 && !char.IsAsciiDigit(name[0]);
        for (var index = brace + 1; index < text.Length; index++)
        {
            if (text[index] is '"' or '\'' or '`') index = EndOfText(text, index);
            else if (text[index] == '}') return index == text.Length - 1;
            if (index < 0) return false;
        }

        return false;
    }

    private static bool Pair(char open, char close) => (open, close) is ('(', ')') or ('{', '}') or ('[', ']');

    private static int EndOfText(string query, int start)
    {
        for (var index = start + 1; index < query.Length; index++)
        {
            if (query[index] == '\\' && query[start] != '`') index++;
            else if (query[index] == query[start]) return index;
        }

        return -1;
    }
}
