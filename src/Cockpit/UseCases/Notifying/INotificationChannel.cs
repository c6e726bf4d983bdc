using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.OnCall;

namespace Cockpit.UseCases.Notifying;

/// <summary>A message that asks somebody to come.</summary>
/// <param name="Key">The same for every attempt: what the receiver recognises a repetition by.</param>
/// <param name="Incident">Id of the incident; null for a test.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Subject">The first line, in the catalog's words for the way.</param>
/// <param name="Text">Everything else, in the catalog's words for the way; lines end with a line feed.</param>
/// <param name="Person">The person's name.</param>
/// <param name="Level">Level of the policy.</param>
/// <param name="Duties">What the person is asked to do.</param>
/// <param name="Link">The incident on a phone; null when the cockpit does not know its own address.</param>
/// <param name="AcknowledgeLink">Acknowledges when posted to; null when the cockpit does not know its own address.</param>
public sealed record PageMessage(
    string Key, string? Incident, Severity Severity, string Title, string Subject, string Text, string Person, int Level, ImmutableArray<string> Duties,
    Uri? Link, Uri? AcknowledgeLink)
{
    /// <summary>The text in one line, for ways that know no others.</summary>
    public string Line => string.Join(' ', Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What a provider answered. Closed.</summary>
public abstract record DeliveryAnswer
{
    private DeliveryAnswer() { }

    /// <summary>It took the message.</summary>
    public sealed record Taken(string Detail) : DeliveryAnswer;

    /// <summary>It did not; trying again may help.</summary>
    /// <param name="Reason">Why, as a sentence fragment.</param>
    /// <param name="After">How long the provider wants to be left alone; null when it said nothing.</param>
    public sealed record TryAgain(string Reason, TimeSpan? After = null) : DeliveryAnswer;

    /// <summary>It did not and will not.</summary>
    public sealed record Refused(string Reason) : DeliveryAnswer;
}

/// <summary>A way to reach people. Registered only when the configuration names it.</summary>
public interface INotificationChannel
{
    /// <summary>Which way it is.</summary>
    ContactChannel Channel { get; }

    /// <summary>True when each person has an address of their own there; false for a place that everybody reads.</summary>
    bool IsPersonal { get; }

    /// <summary>A value as it may stand in a message there: what a label says must not become markup.</summary>
    string Clean(string value) => value;

    /// <summary>Sends a message once. Never throws but for cancellation.</summary>
    /// <param name="message">The message.</param>
    /// <param name="address">The person's address there; null where it is not personal.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<DeliveryAnswer> SendAsync(PageMessage message, string? address, CancellationToken cancellationToken);
}

/// <summary>Where people are reached.</summary>
public interface IContacts
{
    /// <summary>The person's address on a way, or null.</summary>
    string? AddressOf(string person, ContactChannel channel);

    /// <summary>Where the cockpit is reached from a phone; null when nobody has said.</summary>
    Uri? PublicUrl { get; }
}

/// <summary>Links that acknowledge one incident in one person's name and can do nothing else.</summary>
public interface IAcknowledgeLinks
{
    /// <summary>A token for a link.</summary>
    string Create(string incident, string person, string personName);

    /// <summary>What a token stands for; null when it is forged, for something else or too old.</summary>
    (string Incident, string Person, string PersonName)? Read(string token);
}
