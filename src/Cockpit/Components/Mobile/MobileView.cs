using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.Components.Mobile;

/// <summary>What every page for the phone knows of its reader.</summary>
/// <param name="Actor">Who reads; null when nobody has signed in.</param>
/// <param name="Token">What makes a form of this page this page's; see antiforgery.</param>
/// <param name="TokenField">Name of the field that carries it.</param>
/// <param name="Zone">The reader's own time zone; null when it is not known.</param>
/// <param name="Now">The server's clock.</param>
public sealed record MobileReader(Actor? Actor, string Token, string TokenField, TimeZoneInfo? Zone, DateTimeOffset Now)
{
    /// <summary>True when the reader may do something.</summary>
    public bool MayAct => Actor?.May(Role.Responder) == true;
}

/// <summary>What became of the form that led here.</summary>
/// <param name="Text">In words.</param>
/// <param name="IsWell">False when it was refused.</param>
public sealed record MobileSaid(string Text, bool IsWell);

/// <summary>Something that can be run about an incident from a phone.</summary>
/// <param name="Owner">Id of the card or runbook it stands in.</param>
/// <param name="Action">The action.</param>
/// <param name="IsCheck">True when it only reads and shows.</param>
public sealed record MobileAction(string Owner, ActionDefinition Action, bool IsCheck);
