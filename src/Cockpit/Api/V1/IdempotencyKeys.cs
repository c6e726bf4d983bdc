using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.Api.V1;

/// <summary>
/// Binds a caller's Idempotency-Key to what it was first used for, in storage, so that it holds across restarts and instances. The key
/// needs no stored answer: a preview confirmed twice is one execution anyway.
/// </summary>
internal sealed class IdempotencyKeys(IEventStore store)
{
    public const string Header = "Idempotency-Key";
    private const int Longest = 200;

    /// <summary>Why the key cannot be used for this; null when it can.</summary>
    public async Task<IResult?> HoldAsync(string? key, ExecutionRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(key)) return null;
        if (key.Length > Longest)
            return Problems.Problem("idempotency-key-malformed", StatusCodes.Status400BadRequest, $"An {Header} has at most {Longest} characters.");
        var stream = new StreamId(Ledger.RequestKind, Hash($"{actor.Id}\n{key}"));
        var body = Hash(JsonSerializer.Serialize(request));
        var made = await store.AppendAsync(stream, 0, [Ledger.Write(Ledger.RequestMade, new Made(request.Preview ?? "", body), actor)], cancellationToken);
        if (made is AppendResult.Appended) return null;
        var first = Ledger.Read<Made>((await store.ReadStreamAsync(stream, cancellationToken))[0]);
        return first.Body == body ? null : Problems.Problem("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity,
            $"This {Header} was used for another request. Use a new key for a new request.");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Made(string Execution, string Body);
}
