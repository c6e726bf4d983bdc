namespace Cockpit.Domain.Executions;

/// <summary>A request for another person's approval.</summary>
/// <param name="AskedAt">When it was asked, or asked again because something changed.</param>
/// <param name="Until">When it expires; the first instant at which nobody may approve any more.</param>
/// <param name="Round">1 for the first request; grows each time that the action had to be approved again.</param>
public sealed record Approval(DateTimeOffset AskedAt, DateTimeOffset Until, int Round)
{
    /// <summary>How long a request waits for its approver.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromMinutes(15);

    /// <summary>True when nobody may approve any more. A clock that went back to before the request ends it too: nobody can tell how long it waited.</summary>
    public bool IsOver(DateTimeOffset now) => now >= Until || now < AskedAt - ClockSlack;

    /// <summary>By how much two instances' clocks may differ without anybody drawing conclusions.</summary>
    internal static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(30);
}
