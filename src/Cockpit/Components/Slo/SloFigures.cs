using System.Globalization;
using Cockpit.Domain.Slo;

namespace Cockpit.Components.Slo;

/// <summary>Writes the figures of objectives the way a person says them.</summary>
public static class SloFigures
{
    private const char Space = '\u202F';
    private const char Minus = '\u2212';

    private static readonly string[] Words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>A small number as a word, a larger one in digits.</summary>
    public static string Word(int count) => count >= 0 && count < Words.Length ? Words[count] : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A length of time in one unit with one decimal at most: 48 s, 13.4 min, 6.5 h, 3.2 days.</summary>
    public static string Time(TimeSpan time)
    {
        var size = time.Duration();
        var sign = time < TimeSpan.Zero ? Minus.ToString() : "";
        return sign + (size.TotalMinutes switch
        {
            0 => $"0{Space}min",
            < 1 => One(size.TotalSeconds, "s"),
            < 120 => One(size.TotalMinutes, "min"),
            < 2880 => One(size.TotalHours, "h"),
            _ => One(size.TotalDays, "days"),
        });
    }

    /// <summary>The same in minutes, whatever the length, for formulas.</summary>
    public static string Minutes(TimeSpan time) => $"{Number(time.TotalMinutes, 5)}{Space}min";

    /// <summary>A target: 99.95 %.</summary>
    public static string Target(Ratio target) => $"{Trimmed(target.Value * 100, 6)}{Space}%";

    /// <summary>A share that was reached; never rounded up to 100 %.</summary>
    public static string Reached(Ratio share) => Domain.Health.FigureText.Write(share.Value, Domain.Cards.FigureUnit.Ratio);

    /// <summary>What is left of a budget: whole percent, one decimal below ten.</summary>
    public static string Left(double share)
    {
        var percent = share * 100;
        var size = Math.Abs(percent);
        var digits = size is > 0 and < 9.95 ? 1 : 0;
        var text = size is > 0 and < 0.05 ? "<0.1" : size is > 99.5 and < 100 ? ">99" : size.ToString(digits == 1 ? "#,##0.0" : "#,##0", CultureInfo.InvariantCulture).Replace(',', Space);
        return (percent < 0 && text is not "0" ? Minus.ToString() : "") + $"{text}{Space}%";
    }

    /// <summary>A burn rate: 0.3×, 14×.</summary>
    public static string Burn(double? burn) => burn is not { } rate ? "no traffic"
        : rate is > 0 and < 0.05 ? "<0.1×"
        : $"{(rate < 9.95 ? Trimmed(rate, 1) : rate.ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', Space))}×";

    /// <summary>A tier's factor: 14.4×.</summary>
    public static string Factor(double factor) => $"{Trimmed(factor, 3)}×";

    /// <summary>How many there were, short: 312, 9 400, 412 k, 1.2 M.</summary>
    public static string Count(double count) => Math.Abs(count) switch
    {
        < 9_999.5 => Grouped(count),
        < 999_500 => $"{Trimmed(count / 1e3, Math.Abs(count) < 99_950 ? 1 : 0)}{Space}k",
        < 999_500_000 => $"{Trimmed(count / 1e6, Math.Abs(count) < 99_950_000 ? 1 : 0)}{Space}M",
        _ => $"{Trimmed(count / 1e9, 1)}{Space}G",
    };

    /// <summary>How many there were, in full, for formulas.</summary>
    public static string Exact(double count) => Grouped(count);

    /// <summary>A small share in full, for formulas: 0.000234.</summary>
    public static string Share(double share) => Number(share, 3);

    /// <summary>A number with as many significant digits as given, without an exponent.</summary>
    public static string Number(double value, int significant)
    {
        if (value == 0 || !double.IsFinite(value)) return "0";
        var decimals = Math.Clamp(significant - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        return Trimmed(value, decimals);
    }

    /// <summary>A burn-rate window: 1 h, 5 min, 3 d.</summary>
    public static string Span(TimeSpan window) => Domain.Health.FigureText.Duration(window);

    /// <summary>The period a budget is judged over.</summary>
    public static string Window(SloWindow window) => window switch
    {
        SloWindow.Calendar { Count: 1 } calendar => $"calendar {calendar.Unit.ToString().ToLowerInvariant()}",
        SloWindow.Calendar calendar => $"{calendar.Count} calendar {calendar.Unit.ToString().ToLowerInvariant()}s",
        _ when window.NominalLength.TotalDays >= 2 => $"{Trimmed(window.NominalLength.TotalDays, 2)}{Space}days",
        _ => Domain.Health.FigureText.Duration(window.NominalLength),
    };

    /// <summary>A day: 29 Nov.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>How long something lasts, as a person says it: six more days, 14 hours, 40 minutes.</summary>
    public static string Lasts(TimeSpan time) => time.TotalMinutes switch
    {
        < 1.5 => "a minute",
        < 100 => $"{Word((int)Math.Round(time.TotalMinutes))} minutes",
        < 60 * 36 => Counted((int)Math.Round(time.TotalHours), "hour"),
        _ => Counted((int)Math.Floor(time.TotalDays), "more day"),
    };

    /// <summary>"one outage", "three outages".</summary>
    public static string Counted(int count, string noun) => $"{Word(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string One(double value, string unit)
    {
        var text = Trimmed(value, 1);
        return $"{text}{Space}{(unit == "days" && text == "1" ? "day" : unit)}";
    }

    private static string Trimmed(double value, int decimals)
    {
        var text = Math.Round(value, Math.Min(decimals, 15)).ToString("#,##0." + new string('#', decimals), CultureInfo.InvariantCulture);
        return text.Replace(',', Space).Replace('-', Minus);
    }

    private static string Grouped(double value) => Math.Round(value).ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', Space).Replace('-', Minus);
}
