using System.Globalization;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>Reads <c>timeWindow</c>: a list of exactly one rolling or calendar-aligned window.</summary>
internal static class WindowReader
{
    private static readonly SloWindow Assumed = new SloWindow.Rolling(TimeSpan.FromDays(30));

    public static SloWindow Read(Fields spec)
    {
        if (!spec.Has("timeWindow"))
        {
            spec.Findings.Assume(spec.Mark, spec.PathOf("timeWindow"), "is missing; rolling 30 days are assumed");
            return Assumed;
        }

        var items = spec.Items("timeWindow");
        if (spec.Raw("timeWindow") is Sequence && items.Length != 1) spec.Wrong("timeWindow", $"has {items.Length} items", "exactly one window");
        var window = Assumed;
        foreach (var (node, path) in items)
        {
            var fields = Fields.Of(node, path, spec.Findings);
            window = ReadOne(fields) ?? window;
            fields.Done();
        }

        return window;
    }

    private static SloWindow? ReadOne(Fields fields)
    {
        var text = fields.Text("duration");
        var isValid = OpenSloDurations.TryParse(text, out var count, out var unit) && count > 0;
        if (!isValid && text.Length > 0) fields.Wrong("duration", $"'{Fields.Shown(text)}' is not a duration", OpenSloDurations.Accepted);
        var calendar = fields.Child("calendar", required: false);
        var isRolling = fields.Truth("isRolling", otherwise: calendar is null);
        if (calendar is null)
        {
            if (!isRolling) fields.Wrong("isRolling", "is false without a calendar", "true, or a calendar with startTime and timeZone");
            return isValid && isRolling ? Rolling(fields, count, unit) : null;
        }

        if (isRolling) fields.Wrong("isRolling", "a calendar-aligned window does not roll", "false");
        var start = StartTime(calendar);
        var zone = Zone(calendar);
        calendar.Done();
        if (!isValid || isRolling || start is null || zone is null) return null;
        if (OpenSloDurations.CalendarUnitOf(unit) is { } calendarUnit && count <= 1000) return new SloWindow.Calendar(calendarUnit, count, start.Value, zone);
        fields.Wrong("duration", $"'{text}' is no calendar period", "at most 1000 of d, w, M, Q or Y");
        return null;
    }

    private static SloWindow.Rolling? Rolling(Fields fields, int count, char unit)
    {
        var length = count * OpenSloDurations.LengthOf(unit);
        if (length > TimeSpan.FromDays(3660))
        {
            fields.Wrong("duration", "is longer than ten years", "at most 10Y");
            return null;
        }

        if (OpenSloDurations.IsNominal(unit))
            fields.Findings.Assume(fields.MarkOf("duration"), fields.PathOf("duration"), $"a rolling window of calendar units is taken as {length.TotalDays} days");
        return new SloWindow.Rolling(length);
    }

    private static DateTime? StartTime(Fields calendar)
    {
        var text = calendar.Text("startTime");
        if (text.Length == 0) return null;
        if (DateTime.TryParseExact(
            text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            && start.Year is >= 1970 and <= 2200)
            return start;
        calendar.Wrong("startTime", $"'{Fields.Shown(text)}' is no wall time", "wall time in the zone, such as 2024-01-01 00:00:00");
        return null;
    }

    private static TimeZoneInfo? Zone(Fields calendar)
    {
        var text = calendar.Text("timeZone");
        if (text.Length == 0) return null;
        var isName = text.Length <= 60 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+');
        if (isName && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return zone;
        calendar.Wrong("timeZone", $"'{Fields.Shown(text)}' is no time zone", "a name of the IANA database, such as Europe/Berlin or UTC");
        return null;
    }
}
