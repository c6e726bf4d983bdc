using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cockpit.Connectors.Embedded.PromQl;

/// <summary>Reads the part of PromQL that catalogs use.</summary>
internal sealed partial class Parser
{
    private static readonly string[][] Precedence = [["or"], ["==", "!=", ">=", "<=", ">", "<"], ["+", "-"], ["*", "/"]];
    private static readonly string[] Aggregations = ["sum", "avg", "min", "max", "count"];
    private static readonly string[] Functions = ["rate", "increase", "histogram_quantile", "vector", "abs", "absent"];

    private readonly List<string> _tokens;
    private int _at;

    private Parser(string query) => _tokens = Split(query);

    /// <exception cref="UnsupportedQueryException">The query is not PromQL, or more of it than is evaluated here.</exception>
    public static Expression Parse(string query)
    {
        var parser = new Parser(query);
        var expression = parser.Operation(0);
        if (parser._at < parser._tokens.Count) throw parser.Unexpected();
        return expression;
    }

    private Expression Operation(int level)
    {
        if (level == Precedence.Length) return Operand();
        var left = Operation(level + 1);
        while (Precedence[level].Contains(Peek))
        {
            var sign = Take();
            left = new Expression.Binary(sign, left, Operation(level + 1));
        }

        return left;
    }

    private Expression Operand()
    {
        var token = Take();
        if (token == "-") return new Expression.Binary("*", new Expression.Number(-1), Operand());
        if (token == "(")
        {
            var inner = Operation(0);
            Expect(")");
            return inner;
        }

        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return new Expression.Number(number);
        if (Aggregations.Contains(token)) return Aggregation(token);
        if (Peek == "(") return Call(token);
        if (!char.IsAsciiLetter(token[0]) && token[0] is not ('_' or ':')) throw Unexpected();
        return Selector(token);
    }

    private Expression Aggregation(string function)
    {
        var (labels, without) = Grouping();
        Expect("(");
        var of = Operation(0);
        Expect(")");
        if (labels.IsEmpty && !without) (labels, without) = Grouping();
        return new Expression.Aggregation(function, labels, without, of);
    }

    private (ImmutableArray<string> Labels, bool Without) Grouping()
    {
        if (Peek is not ("by" or "without")) return ([], false);
        var without = Take() == "without";
        Expect("(");
        var labels = ImmutableArray.CreateBuilder<string>();
        while (Peek != ")")
        {
            labels.Add(Take());
            if (Peek == ",") Take();
        }

        Take();
        return (labels.ToImmutable(), without);
    }

    private Expression.Call Call(string function)
    {
        if (!Functions.Contains(function)) throw new UnsupportedQueryException($"the simulation does not evaluate {function}()");
        Expect("(");
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        while (Peek != ")")
        {
            arguments.Add(Operation(0));
            if (Peek == ",") Take();
        }

        Take();
        return new Expression.Call(function, arguments.ToImmutable());
    }

    private Expression.Selector Selector(string name)
    {
        var matchers = ImmutableArray.CreateBuilder<Matcher>();
        if (Peek == "{")
        {
            Take();
            while (Peek != "}")
            {
                var (label, sign) = (Take(), Take());
                matchers.Add(new Matcher(label, sign, Unquote(Take())));
                if (Peek == ",") Take();
            }

            Take();
        }

        if (Peek != "[") return new Expression.Selector(name, matchers.ToImmutable(), null);
        Take();
        var window = Duration(Take());
        Expect("]");
        return new Expression.Selector(name, matchers.ToImmutable(), window);
    }

    private static TimeSpan Duration(string text)
    {
        if (Length().Match(text) is not { Success: true } match) throw new UnsupportedQueryException($"the simulation does not understand the window {text}");
        var count = double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    private static string Unquote(string token) =>
        token.Length >= 2 && token[0] is '"' or '\'' or '`'
            ? token[1..^1].Replace(@"\\", @"\", StringComparison.Ordinal)
            : throw new UnsupportedQueryException($"the simulation expects a quoted text, not {token}");

    private string Peek => _at < _tokens.Count ? _tokens[_at] : "";

    private string Take() => _at < _tokens.Count ? _tokens[_at++] : throw new UnsupportedQueryException("the query breaks off");

    private void Expect(string token)
    {
        if (Take() == token) return;
        _at--;
        throw Unexpected();
    }

    private UnsupportedQueryException Unexpected() =>
        new($"the simulation does not evaluate a query with \"{(_at < _tokens.Count ? _tokens[_at] : "its end")}\" there");

    private static List<string> Split(string query)
    {
        var tokens = new List<string>();
        for (var at = 0; at < query.Length;)
        {
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }

            var match = Token().Match(query, at);
            if (!match.Success) throw new UnsupportedQueryException($"the simulation does not understand '{query[at]}'");
            tokens.Add(match.Value);
            at += match.Length;
        }

        return tokens;
    }

    [GeneratedRegex("""\G(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[A-Za-z_:][A-Za-z0-9_:]*|[0-9]+[smhdw](?![A-Za-z0-9])|[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?|=~|!~|==|!=|>=|<=|[-+*/(){}\[\],=<>])""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^([0-9]+)([smhd])$", RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
