using System.Globalization;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Health;

/// <summary>Writes figures the way an engineer says them: few digits, a thin non-breaking space, the unit.</summary>
public static class FigureText
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    private const char Space = '\u202F';

    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>The figure with its unit, or a dash.</summary>
    public static string Write(double? value, FigureUnit unit) => value is { } number ? Write(number, unit) : None;

    /// <summary>The figure with its unit.</summary>
    public static string Write(double value, FigureUnit unit)
    {
        var (number, suffix) = Split(value, unit);
        return suffix.Length == 0 ? number : $"{number}{Space}{suffix}";
    }

    /// <summary>The figure and its unit apart, for a headline that sets the unit smaller.</summary>
    public static (string Number, string Suffix) Split(double value, FigureUnit unit) => unit switch
    {
        FigureUnit.Ratio => (Percent(value), "%"),
        FigureUnit.Percent => (Percent(value / 100), "%"),
        FigureUnit.Seconds => Seconds(value),
        FigureUnit.Bytes => Bytes(value),
        FigureUnit.PerSecond => (Grouped(value), "/s"),
        FigureUnit.PerMinute => (Grouped(value), "/min"),
        _ => (Grouped(value), ""),
    };

    /// <summary>A length of time in its one or two largest units; negative lengths read as zero.</summary>
    public static string Duration(TimeSpan length)
    {
        if (length < TimeSpan.FromSeconds(1)) return $"0{Space}s";
        if (length < TimeSpan.FromMinutes(1)) return Invariant($"{(int)length.TotalSeconds}{Space}s");
        if (length < TimeSpan.FromHours(1)) return Pair((int)length.TotalMinutes, "min", length.Seconds, "s");
        if (length < TimeSpan.FromDays(1)) return Pair((int)length.TotalHours, "h", length.Minutes, "min");
        return Pair((int)length.TotalDays, "d", length.Hours, "h");
    }

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Invariant($"{large}{Space}{largeUnit}") : Invariant($"{large}{Space}{largeUnit} {small}{Space}{smallUnit}");

    private static (string, string) Seconds(double value) => Math.Abs(value) switch
    {
        0 => ("0", "s"),
        < 0.0095 => (Digits(value * 1000, 1), "ms"),
        < 0.9995 => (Digits(value * 1000, 0), "ms"),
        < 9.95 => (Trimmed(value, 2), "s"),
        < 120 => (Digits(value, 0), "s"),
        < 7200 => (Digits(value / 60, 0), "min"),
        _ => (Digits(value / 3600, 0), "h"),
    };

    private static (string, string) Bytes(double value)
    {
        var step = 0;
        while (Math.Abs(value) >= 1000 && step < ByteUnits.Length - 1)
        {
            value /= 1000;
            step++;
        }

        return (Digits(value, step == 0 || Math.Abs(value) >= 99.5 ? 0 : 1), ByteUnits[step]);
    }

    /// <summary>Decimals grow towards 0 % and 100 %; a share below one never reads as 100, one above zero never as 0.</summary>
    private static string Percent(double share)
    {
        if (share < 0) return $"-{Percent(-share)}";
        var decimals = share switch
        {
            <= 0 or 1 or >= 1.005 => 0,
            < 0.0001 => 4,
            < 0.01 => 3,
            < 0.1 => 2,
            < 0.995 or > 1 => 1,
            < 0.9995 => 2,
            _ => 3,
        };
        var scale = Math.Pow(10, decimals);
        var percent = Math.Round(share * 100 * scale) / scale;
        if (share < 1 && percent >= 100) percent = 100 - 1 / scale;
        if (share > 0 && percent <= 0) percent = 1 / scale;
        return Trimmed(percent, decimals);
    }

    private static string Grouped(double value) =>
        Math.Abs(value) < 10 && value != Math.Round(value)
            ? Digits(value, 1)
            : Math.Round(value).ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', Space);

    /// <summary>Digits without zeros at the end that say nothing: 5 rather than 5.00, 99.5 rather than 99.50.</summary>
    private static string Trimmed(double value, int decimals) =>
        decimals == 0 ? Digits(value, 0) : Digits(value, decimals).TrimEnd('0').TrimEnd('.');

    private static string Digits(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
