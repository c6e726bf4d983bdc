using System.Text.Json;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Incidents;

/// <summary>The vocabulary of incidents in the ledger. Names never change; new facts get new ones.</summary>
public static class IncidentLedger
{
    public const string Kind = "incident";

    private static readonly Dictionary<string, (Type Type, Func<StoredEvent, IncidentEvent> Read)> Facts = new()
    {
        ["incident.opened"] = Of<IncidentEvent.Opened>(),
        ["incident.alerts-seen"] = Of<IncidentEvent.AlertsSeen>(),
        ["incident.changes-seen"] = Of<IncidentEvent.ChangesSeen>(),
        ["incident.severity-changed"] = Of<IncidentEvent.SeverityChanged>(),
        ["incident.acknowledged"] = Of<IncidentEvent.Acknowledged>(),
        ["incident.acknowledgement-lapsed"] = Of<IncidentEvent.AcknowledgementLapsed>(),
        ["incident.mitigated"] = Of<IncidentEvent.Mitigated>(),
        ["incident.resolved"] = Of<IncidentEvent.Resolved>(),
        ["incident.reopened"] = Of<IncidentEvent.Reopened>(),
        ["incident.review-written"] = Of<IncidentEvent.ReviewWritten>(),
        ["incident.part-taken"] = Of<IncidentEvent.PartTaken>(),
        ["incident.note-added"] = Of<IncidentEvent.NoteAdded>(),
        ["incident.step-done"] = Of<IncidentEvent.StepDone>(),
        ["incident.declared-major"] = Of<IncidentEvent.DeclaredMajor>(),
        ["incident.paged"] = Of<IncidentEvent.Paged>(),
        ["incident.step-skipped"] = Of<IncidentEvent.StepSkipped>(),
        ["incident.exhausted"] = Of<IncidentEvent.Exhausted>(),
        ["incident.notified"] = Of<IncidentEvent.Notified>(),
        ["incident.merged-into"] = Of<IncidentEvent.MergedInto>(),
        ["incident.took-over"] = Of<IncidentEvent.TookOver>(),
        ["incident.split-off"] = Of<IncidentEvent.SplitOff>(),
        ["incident.linked"] = Of<IncidentEvent.Linked>(),
    };

    private static readonly Dictionary<Type, string> Names = Facts.ToDictionary(entry => entry.Value.Type, entry => entry.Key);

    /// <summary>The stream of an incident.</summary>
    public static StreamId StreamOf(string id) => new(Kind, id);

    /// <summary>A fact, ready to be recorded.</summary>
    public static NewEvent Write(IncidentEvent fact, Actor actor) => Ledger.Write<object>(Names[fact.GetType()], fact, actor);

    /// <summary>A fact, read back.</summary>
    /// <exception cref="FormatException">The entry is none, or cannot be read as one.</exception>
    public static IncidentEvent Read(StoredEvent entry)
    {
        if (!Facts.TryGetValue(entry.Type, out var fact))
            throw new FormatException($"Entry {entry.Position} has the type {entry.Type}, which this version does not know.");
        try
        {
            return fact.Read(entry);
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"Entry {entry.Position} cannot be read: {malformed.Message}", malformed);
        }
    }

    private static (Type, Func<StoredEvent, IncidentEvent>) Of<T>() where T : IncidentEvent => (typeof(T), Ledger.Read<T>);
}
