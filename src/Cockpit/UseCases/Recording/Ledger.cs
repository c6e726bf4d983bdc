using System.Text.Json;
using System.Text.Json.Serialization;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Recording;

/// <summary>The vocabulary of the ledger: which fact is stored under which name. Names never change; new facts get new ones.</summary>
public static class Ledger
{
    public const string ExecutionKind = "execution";
    public const string TargetKind = "target";
    public const string AnswerKind = "answer";
    public const string TargetClaimed = "target.claimed";
    public const string GlassBroken = "execution.glass-broken";
    public const string TokenKind = "token";
    public const string TokenCreated = "token.created";
    public const string TokenRevoked = "token.revoked";
    public const string RequestKind = "request";
    public const string RequestMade = "request.made";
    public const string QuestionAnswered = "question.answered";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Dictionary<string, Type> ExecutionEvents = new()
    {
        ["execution.requested"] = typeof(ExecutionEvent.Requested),
        ["execution.confirmed"] = typeof(ExecutionEvent.Confirmed),
        ["execution.held-back"] = typeof(ExecutionEvent.HeldBack),
        ["execution.cancelled"] = typeof(ExecutionEvent.Cancelled),
        ["execution.stop-asked"] = typeof(ExecutionEvent.StopAsked),
        ["execution.stopped"] = typeof(ExecutionEvent.Stopped),
        ["execution.approval-asked"] = typeof(ExecutionEvent.ApprovalAsked),
        ["execution.approval-asked-again"] = typeof(ExecutionEvent.ApprovalAskedAgain),
        ["execution.approved"] = typeof(ExecutionEvent.Approved),
        ["execution.approval-refused"] = typeof(ExecutionEvent.ApprovalRefused),
        ["execution.approval-expired"] = typeof(ExecutionEvent.ApprovalExpired),
        [GlassBroken] = typeof(ExecutionEvent.GlassBroken),
        ["execution.paged"] = typeof(ExecutionEvent.Paged),
        ["execution.dispatch-intended"] = typeof(ExecutionEvent.DispatchIntended),
        ["execution.accepted"] = typeof(ExecutionEvent.Accepted),
        ["execution.refused"] = typeof(ExecutionEvent.Refused),
        ["execution.outcome-unknown"] = typeof(ExecutionEvent.OutcomeUnknown),
        ["execution.read-back"] = typeof(ExecutionEvent.ReadBack),
        ["execution.resolved"] = typeof(ExecutionEvent.Resolved),
        ["execution.expected-seen"] = typeof(ExecutionEvent.ExpectedSeen),
        ["execution.effect-seen"] = typeof(ExecutionEvent.EffectSeen),
        ["execution.effect-missed"] = typeof(ExecutionEvent.EffectMissed),
        ["execution.recovered"] = typeof(ExecutionEvent.Recovered),
        ["execution.not-recovered"] = typeof(ExecutionEvent.NotRecovered),
        ["execution.observed"] = typeof(ExecutionEvent.Observed),
        ["execution.lease-extended"] = typeof(ExecutionEvent.LeaseExtended),
        ["execution.revert-begun"] = typeof(ExecutionEvent.RevertBegun),
        ["execution.revert-failed"] = typeof(ExecutionEvent.RevertFailed),
        ["execution.lease-ended"] = typeof(ExecutionEvent.LeaseEnded),
    };

    private static readonly Dictionary<Type, string> ExecutionNames = ExecutionEvents.ToDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>An execution's fact, ready to be recorded.</summary>
    public static NewEvent Write(ExecutionEvent fact, Actor actor) =>
        new(ExecutionNames[fact.GetType()], JsonSerializer.Serialize(fact, fact.GetType(), Json), actor);

    /// <summary>An execution's fact, read back.</summary>
    /// <exception cref="FormatException">The entry is none, or cannot be read as one.</exception>
    public static ExecutionEvent ReadExecution(StoredEvent entry)
    {
        if (!ExecutionEvents.TryGetValue(entry.Type, out var type))
            throw new FormatException($"Entry {entry.Position} has the type {entry.Type}, which this version does not know.");
        try
        {
            return (ExecutionEvent)JsonSerializer.Deserialize(entry.Payload, type, Json)!;
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"Entry {entry.Position} cannot be read: {malformed.Message}", malformed);
        }
    }

    /// <summary>Any other fact, ready to be recorded.</summary>
    public static NewEvent Write<T>(string type, T fact, Actor actor) => new(type, JsonSerializer.Serialize(fact, Json), actor);

    /// <summary>Any other fact, read back.</summary>
    public static T Read<T>(StoredEvent entry) => JsonSerializer.Deserialize<T>(entry.Payload, Json)!;
}
