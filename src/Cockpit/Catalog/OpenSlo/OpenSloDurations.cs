using System.Globalization;
using System.Text.RegularExpressions;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>OpenSLO's duration shorthand. Case matters: <c>1m</c> is a minute, <c>1M</c> a calendar month.</summary>
internal static partial class OpenSloDurations
{
    public const string Accepted = "a whole number and one of m (minutes), h, d, w, M (months), Q, Y, for example 5m or 30d";

    public static bool TryParse(string text, out int count, out char unit)
    {
        (count, unit) = (0, ' ');
        var match = Pattern().Match(text);
        if (!match.Success) return false;
        count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        unit = match.Groups[2].ValueSpan[0];
        return true;
    }

    /// <summary>The length of one unit; months, quarters and years are nominal.</summary>
    public static TimeSpan LengthOf(char unit) => unit switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        'M' => TimeSpan.FromDays(30),
        'Q' => TimeSpan.FromDays(90),
        'Y' => TimeSpan.FromDays(365),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit."),
    };

    public static bool IsNominal(char unit) => unit is 'M' or 'Q' or 'Y';

    public static CalendarUnit? CalendarUnitOf(char unit) => unit switch
    {
        'd' => CalendarUnit.Day,
        'w' => CalendarUnit.Week,
        'M' => CalendarUnit.Month,
        'Q' => CalendarUnit.Quarter,
        'Y' => CalendarUnit.Year,
        _ => null,
    };

    [GeneratedRegex(@"^([0-9]{1,5})([mhdwMQY])$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
