using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cockpit.Catalog.Reading;

/// <summary>Lengths of time as Prometheus writes them: <c>1h30m</c>, <c>90s</c>, <c>500ms</c>, <c>4w</c>.</summary>
internal static partial class Durations
{
    public const string Accepted = "a length of time such as 30s, 5m, 2h or 7d";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        if (text == "0") return true;
        var match = text.Length <= 40 ? Pattern().Match(text) : Match.Empty;
        if (!match.Success || text.Length == 0) return false;
        var seconds = 0.0;
        foreach (var (group, unit) in Units)
            if (match.Groups[group] is { Success: true } found) seconds += double.Parse(found.ValueSpan, CultureInfo.InvariantCulture) * unit;
        if (seconds > Longest.TotalSeconds) return false;
        span = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>The shortest spelling, the largest units first; zero is <c>0s</c>.</summary>
    public static string Format(TimeSpan span)
    {
        if (span == TimeSpan.Zero) return "0s";
        var text = new StringBuilder();
        if (span.Days > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Days}d");
        if (span.Hours > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Hours}h");
        if (span.Minutes > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Minutes}m");
        if (span.Seconds > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Seconds}s");
        if (span.Milliseconds > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Milliseconds}ms");
        return text.ToString();
    }

    private static readonly (string Group, double Seconds)[] Units =
        [("y", 365 * 86400), ("w", 7 * 86400), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1), ("ms", 0.001)];

    [GeneratedRegex(@"^(?:(?<y>\d{1,9})y)?(?:(?<w>\d{1,9})w)?(?:(?<d>\d{1,9})d)?(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m)?(?:(?<s>\d{1,9})s)?(?:(?<ms>\d{1,9})ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
