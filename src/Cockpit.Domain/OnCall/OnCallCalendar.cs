using System.Globalization;
using System.Text;

namespace Cockpit.Domain.OnCall;

/// <summary>Writes who is on call as an iCalendar (RFC 5545). All instants are UTC, so that every calendar shows them in its reader's own zone.</summary>
public static class OnCallCalendar
{
    private const int OctetsPerLine = 75;

    /// <summary>The calendar.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="from">First instant.</param>
    /// <param name="until">End, not included.</param>
    /// <param name="writtenAt">When it is written.</param>
    /// <param name="person">Only this person's shifts; null for everybody's, gaps among them.</param>
    public static string Write(OnCallSchedule schedule, DateTimeOffset from, DateTimeOffset until, DateTimeOffset writtenAt, string? person = null)
    {
        // A shift that is cut off at the front would have another id, and so be another entry, at every refresh.
        from = schedule.LastHandoff(from);
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Cockpit//On call//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "X-WR-CALNAME:On call");
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        foreach (var layer in schedule.Plan.Layers)
            foreach (var shift in schedule.Shifts(layer.Id, from, until))
            {
                var isGap = shift.Person is null;
                if (isGap && (layer.Coverage == Coverage.BusinessHours || person is not null)) continue;
                if (person is not null && shift.Person != person) continue;
                Event(text, $"{layer.Id}-{Stamp(shift.From)}-{shift.Person ?? "gap"}@cockpit", shift.From, shift.Until, writtenAt,
                    isGap ? $"Gap: {layer.Title}" : $"{layer.Title}: {schedule.Find(shift.Person)?.Name ?? shift.Person}",
                    shift.Override is { } standIn ? $"Stands in: {standIn.Reason} ({standIn.By})" : null);
            }

        if (schedule.Plan.Rotation.Meeting > TimeSpan.Zero)
            for (var handoff = schedule.NextHandoff(from.AddTicks(-1)); handoff < until; handoff = schedule.NextHandoff(handoff))
                Event(text, $"handoff-{Stamp(handoff)}@cockpit", handoff, handoff + schedule.Plan.Rotation.Meeting, writtenAt, "On-call handoff",
                    "The leaving person brings the summary of the week's incidents.");
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Event(
        StringBuilder text, string uid, DateTimeOffset from, DateTimeOffset until, DateTimeOffset writtenAt, string summary, string? description)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{uid}");
        Line(text, $"DTSTAMP:{Stamp(writtenAt)}");
        Line(text, $"DTSTART:{Stamp(from)}");
        Line(text, $"DTEND:{Stamp(until)}");
        Line(text, $"SUMMARY:{Escaped(summary)}");
        if (description is not null) Line(text, $"DESCRIPTION:{Escaped(description)}");
        Line(text, "TRANSP:TRANSPARENT");
        Line(text, "END:VEVENT");
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A line is at most 75 octets; the rest goes on after a space, and no character is cut in two.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > OctetsPerLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
