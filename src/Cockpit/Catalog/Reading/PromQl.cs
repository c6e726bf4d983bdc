using System.Text.RegularExpressions;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.Reading;

/// <summary>A first look at a PromQL expression: enough to catch what a slip of the editor breaks, not a parser.</summary>
internal static partial class PromQl
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

    /// <summary>Splits an expression that ends in one comparison with a number.</summary>
    public static (string Query, Comparison Op, double Bound)? Comparison(string query)
    {
        var match = TrailingComparison().Match(query.Trim());
        if (!match.Success || Problem(match.Groups["query"].Value) is not null || SetOperator().IsMatch(match.Groups["query"].Value)) return null;
        if (!Numbers.TryParse(match.Groups["bound"].Value, out var bound)) return null;
        var op = match.Groups["op"].Value switch
        {
            "<" => Domain.Slo.Comparison.LessThan,
            "<=" => Domain.Slo.Comparison.LessOrEqual,
            ">" => Domain.Slo.Comparison.GreaterThan,
            ">=" => Domain.Slo.Comparison.GreaterOrEqual,
            "==" => Domain.Slo.Comparison.Equal,
            _ => Domain.Slo.Comparison.NotEqual,
        };
        return (match.Groups["query"].Value.TrimEnd(), op, bound);
    }

    /// <summary>A text as PromQL quotes it.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^(?<query>.+?)\s*(?<op>==|!=|>=|<=|>|<)\s*(?<bound>[-+]?[0-9.]+(?:e[-+]?[0-9]+)?)$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TrailingComparison();

    [GeneratedRegex(@"\b(or|and|unless|bool)\b|[<>]|[=!]=", RegexOptions.CultureInvariant)]
    private static partial Regex SetOperator();

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
