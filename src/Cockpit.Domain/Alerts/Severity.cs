namespace Cockpit.Domain.Alerts;

/// <summary>How urgent something is; P1 is the most urgent.</summary>
public enum Severity
{
    /// <summary>Critical: somebody is woken.</summary>
    P1 = 1,

    /// <summary>High: a warning that somebody looks at soon.</summary>
    P2 = 2,

    /// <summary>Medium.</summary>
    P3 = 3,

    /// <summary>Low.</summary>
    P4 = 4,
}

/// <summary>What the words of alert labels and burn-rate tiers mean.</summary>
public static class Severities
{
    /// <summary>
    /// The severity that a <c>severity</c> label names: critical and page are P1, warning and ticket P2, as the platform's texts group
    /// them; P1 to P4 name themselves, info is P4.
    /// Case does not matter. Null when the label is missing or says something else: an unknown word is shown, not guessed at.
    /// </summary>
    public static Severity? FromLabel(string? label) => label?.Trim().ToUpperInvariant() switch
    {
        "CRITICAL" or "PAGE" or "P1" => Severity.P1,
        "WARNING" or "TICKET" or "HIGH" or "P2" => Severity.P2,
        "P3" => Severity.P3,
        "INFO" or "P4" => Severity.P4,
        _ => null,
    };

    /// <summary>The severity of a burning budget: a page is P1, a ticket P2.</summary>
    public static Severity FromUrgency(Slo.BurnUrgency urgency) => urgency == Slo.BurnUrgency.Page ? Severity.P1 : Severity.P2;
}
