using System.Collections.Immutable;

namespace Cockpit.Domain.OnCall;

/// <summary>Who is on call when, and who answers for which role.</summary>
/// <param name="Rotation">How turns change.</param>
/// <param name="BusinessHours">When the office is open.</param>
/// <param name="Layers">Who is asked, the first one first.</param>
/// <param name="Roles">Who stands behind each role of the escalation matrix.</param>
/// <param name="People">The people by id.</param>
public sealed record OnCallPlan(
    RotationRule Rotation, BusinessHours BusinessHours, ImmutableArray<OnCallLayer> Layers, ImmutableArray<RoleAssignment> Roles,
    ImmutableArray<OnCallPerson> People);

/// <summary>How turns change.</summary>
/// <param name="Length">Length of one turn.</param>
/// <param name="HandoffDay">Day of the week on which turns change.</param>
/// <param name="HandoffAt">Time of day, in <paramref name="Zone"/>, at which they change.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="StartsOn">A day on which the first person of every layer took over; a <paramref name="HandoffDay"/>.</param>
/// <param name="Meeting">Length of the handoff meeting.</param>
/// <param name="Requires">What the leaving person must have written, as an id: <c>incident-summary</c>.</param>
public sealed record RotationRule(
    TimeSpan Length, DayOfWeek HandoffDay, TimeOnly HandoffAt, TimeZoneInfo Zone, DateOnly StartsOn, TimeSpan Meeting, string Requires);

/// <summary>When the office is open.</summary>
/// <param name="Days">The working days.</param>
/// <param name="From">Start of the working day.</param>
/// <param name="Until">End of it, not included.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Ours">What is Cockpit's own choice; null when nothing is.</param>
public sealed record BusinessHours(ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly Until, TimeZoneInfo Zone, string? Ours);

/// <summary>People who take turns at one post.</summary>
/// <param name="Id">Id: <c>primary</c>, <c>secondary</c>, <c>manager</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Coverage">When it is staffed.</param>
/// <param name="People">Ids in the order of their turns.</param>
public sealed record OnCallLayer(string Id, string Title, Coverage Coverage, ImmutableArray<string> People);

/// <summary>When a layer is staffed.</summary>
public enum Coverage
{
    /// <summary>Always.</summary>
    AllHours,

    /// <summary>In business hours only.</summary>
    BusinessHours,
}

/// <summary>Who stands behind a role: either the layer's current person or one person.</summary>
public sealed record RoleAssignment(string Id, string Title, string? Layer, string? Person);

/// <summary>Somebody who may be woken.</summary>
/// <param name="Id">Id; also the sign-in name.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">Id of the role the person holds in the house.</param>
/// <param name="Zone">Where the person lives, an IANA time zone; null when unknown.</param>
public sealed record OnCallPerson(string Id, string Name, string Role, string? Zone)
{
    /// <summary>How somebody is reached who has said nothing about it.</summary>
    public static readonly ImmutableArray<ContactStep> UsualOrder =
    [
        new(ContactChannel.Push, TimeSpan.Zero), new(ContactChannel.Slack, TimeSpan.Zero), new(ContactChannel.Webhook, TimeSpan.Zero),
        new(ContactChannel.Email, TimeSpan.Zero), new(ContactChannel.Sms, TimeSpan.FromMinutes(1)), new(ContactChannel.Voice, TimeSpan.FromMinutes(2)),
    ];

    /// <summary>In which order the person is reached; the same channel may stand twice.</summary>
    public ImmutableArray<ContactStep> Order { get; init; } = UsualOrder;
}

/// <summary>A way to reach somebody.</summary>
public enum ContactChannel
{
    /// <summary>A push message on the phone.</summary>
    Push,

    /// <summary>A text message.</summary>
    Sms,

    /// <summary>A call that reads the page aloud.</summary>
    Voice,

    /// <summary>A mail.</summary>
    Email,

    /// <summary>A message in the team's chat.</summary>
    Slack,

    /// <summary>A post to another program.</summary>
    Webhook,
}

/// <summary>One way of one person's order.</summary>
/// <param name="Channel">The way.</param>
/// <param name="After">How long after the page it is used, if nobody has answered by then; not negative.</param>
public sealed record ContactStep(ContactChannel Channel, TimeSpan After);
