using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Cockpit.Connectors.Embedded.PromQl;

/// <summary>The part of PromQL that catalogs use, as a tree. Closed.</summary>
internal abstract record Expression
{
    private Expression() { }

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Expression;

    /// <summary>Series by name and labels; with a window, their course over it.</summary>
    public sealed record Selector(string Name, ImmutableArray<Matcher> Matchers, TimeSpan? Window) : Expression;

    /// <summary>A function of one or two arguments.</summary>
    public sealed record Call(string Function, ImmutableArray<Expression> Arguments) : Expression;

    /// <summary>sum, avg, min, max or count, by labels or without some.</summary>
    public sealed record Aggregation(string Function, ImmutableArray<string> Labels, bool Without, Expression Of) : Expression;

    /// <summary>Two expressions and what is between them.</summary>
    public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;
}

/// <summary>One condition on a label.</summary>
internal sealed record Matcher(string Label, string Operator, string Value)
{
    private readonly Regex? _pattern = Operator.EndsWith('~')
        ? new Regex($"^(?:{Value})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        : null;

    public bool Holds(string? value) => Operator switch
    {
        "=" => (value ?? "") == Value,
        "!=" => (value ?? "") != Value,
        "=~" => _pattern!.IsMatch(value ?? ""),
        _ => !_pattern!.IsMatch(value ?? ""),
    };
}

/// <summary>The query uses something that the simulation does not evaluate.</summary>
internal sealed class UnsupportedQueryException(string message) : Exception(message);
