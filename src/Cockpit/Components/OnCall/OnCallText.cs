using System.Globalization;
using Cockpit.Domain.Health;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Components.OnCall;

/// <summary>Words for being on call.</summary>
public static class OnCallText
{
    /// <summary>Who is on call, as a sentence.</summary>
    public static string Lead(OnCallSchedule schedule, DateTimeOffset now)
    {
        var people = schedule.Plan.Layers.Where(layer => layer.Coverage == Coverage.AllHours)
            .Select(layer => (layer.Id, Name: schedule.Find(schedule.On(layer.Id, now))?.Name)).ToList();
        if (people.Count == 0) return "The catalog has no rotation.";
        var first = people[0].Name is { } name ? $"{name} is on call" : "Nobody is on call";
        return people.Count == 1 ? $"{first}." : $"{first}, {people[1].Name ?? "nobody"} behind.";
    }

    /// <summary>How much fires.</summary>
    public static string Fires(IReadOnlyCollection<OpenAlert> alerts) => alerts.Count switch
    {
        0 => "Nothing fires",
        1 => "One alert fires",
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} alerts fire"),
    };

    /// <summary>Which ways are configured.</summary>
    public static string Ways(IReadOnlyCollection<ContactChannel> channels) => channels.Count == 0
        ? "No way to reach anybody is configured: pages stand on the timeline and go nowhere. See Notifications in the README."
        : $"Configured: {string.Join(", ", channels.Select(channel => channel.ToString().ToLowerInvariant()))}.";

    /// <summary>Whether somebody outside notices when the cockpit dies.</summary>
    public static string Beats(Heartbeat heartbeat) => heartbeat switch
    {
        { IsConfigured: false } => "No heartbeat goes outside: if the cockpit dies, nobody is told (Notifications:Heartbeat:Url).",
        { Failure: { } why } => $"The heartbeat does not go out: {why}.",
        _ => "A heartbeat goes outside: its silence pages.",
    };

    /// <summary>What a provider answered to a test.</summary>
    public static string Answer(DeliveryAnswer answer) => answer switch
    {
        DeliveryAnswer.Taken taken => $"sent ({taken.Detail})",
        DeliveryAnswer.TryAgain later => $"failed, {later.Reason}",
        DeliveryAnswer.Refused refused => $"refused, {refused.Reason}",
        _ => FigureText.None,
    };

    /// <summary>A day with its time, UTC.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
}
