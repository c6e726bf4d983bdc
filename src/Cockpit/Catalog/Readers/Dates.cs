using System.Globalization;
using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.Readers;

/// <summary>Days, times of day and zones as catalog files write them.</summary>
internal static class Dates
{
    public static DateOnly Read(Fields fields, string name)
    {
        if (Optional(fields, name) is { } date) return date;
        if (!fields.Has(name)) fields.Missing(name, "a day such as 2026-01-31");
        return new DateOnly(2000, 1, 3);
    }

    public static DateOnly? Optional(Fields fields, string name)
    {
        if (fields.OptionalText(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and <= 2200) return date;
        fields.Wrong(name, $"'{Fields.Shown(text)}' is no day", "a day such as 2026-01-31");
        return null;
    }

    public static TimeOnly Time(Fields fields, string name)
    {
        var text = fields.Text(name, 8);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        if (text.Length > 0) fields.Wrong(name, $"'{Fields.Shown(text)}' is no time of day", "a time such as \"09:00\"");
        return default;
    }

    public static TimeZoneInfo Zone(Fields fields, string name)
    {
        var text = fields.Text(name, 60);
        var isName = text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+');
        if (isName && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return zone;
        if (text.Length > 0) fields.Wrong(name, $"'{Fields.Shown(text)}' is no time zone", "a name of the IANA database, such as Europe/Berlin or UTC");
        return TimeZoneInfo.Utc;
    }
}
