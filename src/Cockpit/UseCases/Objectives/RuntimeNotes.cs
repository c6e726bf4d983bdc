using System.Collections.Immutable;
using System.Text.Json;
using Cockpit.Domain.Alerts;

namespace Cockpit.UseCases.Objectives;

/// <summary>What else survives a restart: alerts and how long they have been going on, and how many people are usual when.</summary>
/// <param name="SimulatedUntil">Everything before this instant was generated.</param>
/// <param name="Burns">Tiers that are not quiet.</param>
/// <param name="Alerts">Alerts of rules.</param>
/// <param name="Users">Usual people by hour of the week.</param>
internal sealed record RuntimeNotes(
    DateTimeOffset? SimulatedUntil, ImmutableArray<RememberedBurn> Burns, ImmutableArray<RememberedAlert> Alerts, ImmutableArray<UsualHour> Users)
{
    public static readonly RuntimeNotes Empty = new(null, [], [], []);

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Notes that cannot be read are as good as none: they hold nothing that is not measured again.</summary>
    public static RuntimeNotes Read(string? text)
    {
        if (text is null) return Empty;
        try
        {
            var notes = JsonSerializer.Deserialize<RuntimeNotes>(text);
            return notes is null || notes.Burns.IsDefault || notes.Alerts.IsDefault || notes.Users.IsDefault ? Empty : notes;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }
}

/// <summary>A tier that was not quiet.</summary>
internal sealed record RememberedBurn(string Key, TimeSpan LongWindow, AlertProgress Progress);

/// <summary>An alert of a rule.</summary>
internal sealed record RememberedAlert(string Rule, ImmutableSortedDictionary<string, string> Labels, AlertProgress Progress, double? Value);

/// <summary>People usual in one hour of the week; slot 0 begins on Sunday at midnight UTC.</summary>
internal sealed record UsualHour(int Slot, double People);
