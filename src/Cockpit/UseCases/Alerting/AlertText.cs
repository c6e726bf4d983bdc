using System.Globalization;
using System.Text.RegularExpressions;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Alerting;

/// <summary>Fills in what a rule's annotations leave open: labels, and the figure as a person reads it.</summary>
internal static partial class AlertText
{
    /// <summary>The text with its placeholders filled; a placeholder nobody knows is shown as a dash.</summary>
    public static string Fill(string template, LabelSet labels, double? value) =>
        Placeholder().Replace(template, match => Resolve(match.Groups[1].Value, labels, value)).Trim();

    private static string Resolve(string expression, LabelSet labels, double? value)
    {
        var parts = expression.Split('|', StringSplitOptions.TrimEntries);
        if (parts[0].StartsWith("$labels.", StringComparison.Ordinal)) return labels[parts[0]["$labels.".Length..]] ?? FigureText.None;
        if (parts[0] != "$value" || value is not { } number || !double.IsFinite(number)) return FigureText.None;
        return (parts.Length > 1 ? parts[1] : "") switch
        {
            "humanizePercentage" => FigureText.Write(number, FigureUnit.Ratio),
            "humanizeDuration" => FigureText.Write(number, FigureUnit.Seconds),
            var format when Decimals().Match(format) is { Success: true } printf =>
                number.ToString("F" + printf.Groups[1].Value, CultureInfo.InvariantCulture),
            _ => number.ToString("G4", CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex(@"\{\{\s*(.*?)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""^printf\s+"%\.(\d)f"$""", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();
}
