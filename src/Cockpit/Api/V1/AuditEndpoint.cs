using System.Text.Json;
using System.Text.Json.Nodes;
using Cockpit.UseCases.Auditing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Api.V1;

/// <summary>The ledger for programs and auditors: JSON Lines, oldest first, each line with the hashes that chain it to the one before.</summary>
internal static class AuditEndpoint
{
    private const string JsonLines = "application/jsonl";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", Export).WithName("exportAudit")
            .WithSummary("Every entry of the ledger, or those that hold a text, as JSON Lines, oldest first.")
            .Produces(StatusCodes.Status200OK, contentType: JsonLines).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task Export(string? text, HttpContext context, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var entries = trail.ReadAsync(text?.Trim() ?? "", cancellationToken).GetAsyncEnumerator(cancellationToken);
        // Storage that is down is noticed before the answer begins; later the answer breaks off, and the client sees that it did.
        var more = await entries.MoveNextAsync();
        var response = context.Response;
        response.ContentType = JsonLines;
        response.Headers.ContentDisposition = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"attachment; filename=\"cockpit-audit-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.jsonl\"");
        for (; more; more = await entries.MoveNextAsync())
        {
            await using (var writer = new Utf8JsonWriter(response.BodyWriter)) LineOf(entries.Current).WriteTo(writer);
            await response.WriteAsync("\n", cancellationToken);
        }
    }

    private static JsonObject LineOf(StoredEvent entry) => new()
    {
        ["position"] = entry.Position,
        ["recordedAt"] = entry.RecordedAt,
        ["actor"] = new JsonObject { ["id"] = entry.Actor.Id, ["name"] = entry.Actor.Name, ["isPerson"] = entry.Actor.IsPerson },
        ["stream"] = entry.Stream.ToString(),
        ["version"] = entry.Version,
        ["type"] = entry.Type,
        ["payload"] = JsonNode.Parse(entry.Payload),
        ["previousHash"] = entry.PreviousHash.ToString(),
        ["hash"] = entry.Hash.ToString(),
    };
}
