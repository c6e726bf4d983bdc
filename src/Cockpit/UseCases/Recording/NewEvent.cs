using System.Text;
using System.Text.Json;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Recording;

/// <summary>Something that happened and is about to be recorded.</summary>
public sealed record NewEvent
{
    /// <summary>The largest payload, in bytes of UTF-8.</summary>
    public const int MaxPayloadBytes = 4 * 1024 * 1024;

    private const int MaxType = 100;

    /// <param name="type">A stable name such as <c>execution.dispatched</c>; 1 to 100 characters.</param>
    /// <param name="payload">One JSON value, kept byte for byte; at most <see cref="MaxPayloadBytes"/>. Carries no secret.</param>
    /// <param name="actor">Who did it, with the roles held then.</param>
    public NewEvent(string type, string payload, Actor actor)
    {
        if (type.Length is 0 or > MaxType || type.Any(char.IsControl) || !StorableText.IsWellFormed(type))
            throw new ArgumentException($"An event type is 1 to {MaxType} characters without control characters.", nameof(type));
        if (!StorableText.IsWellFormed(payload) || Encoding.UTF8.GetByteCount(payload) > MaxPayloadBytes || !IsJson(payload))
            throw new ArgumentException($"A payload is one well-formed JSON value of at most {MaxPayloadBytes} bytes.", nameof(payload));
        if (!StorableText.IsWellFormed(actor.Id) || !StorableText.IsWellFormed(actor.Name))
            throw new ArgumentException("An actor's id and name are well-formed text without U+0000.", nameof(actor));
        Type = type;
        Payload = payload;
        Actor = actor;
    }

    /// <summary>The stable name of what happened.</summary>
    public string Type { get; }

    /// <summary>The details, as JSON.</summary>
    public string Payload { get; }

    /// <summary>Who did it.</summary>
    public Actor Actor { get; }

    private static bool IsJson(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
