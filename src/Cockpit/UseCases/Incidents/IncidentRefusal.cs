using Cockpit.Domain.Incidents;

namespace Cockpit.UseCases.Incidents;

/// <summary>How a change to an incident ended. Closed.</summary>
public abstract record IncidentAnswer
{
    private IncidentAnswer() { }

    /// <summary>It is done, or was done before: the same press twice is one.</summary>
    /// <param name="Incident">The incident afterwards.</param>
    public sealed record Done(Incident Incident) : IncidentAnswer;

    /// <summary>It is not done; the sentence says why and what to do.</summary>
    public sealed record Refused(string Sentence) : IncidentAnswer;
}
